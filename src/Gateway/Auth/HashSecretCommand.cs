using System.Text;

namespace Otp.Gateway.Auth;

/// <summary>
/// <c>hash-secret</c>: reads a client's secret from standard input, so that no shell history or process list keeps it, and prints
/// the hash to put into configuration.
/// </summary>
internal static class HashSecretCommand
{
    public const string Name = "hash-secret";

    /// <summary>Runs the command.</summary>
    /// <param name="arguments">What follows its name.</param>
    /// <param name="fed">What is fed to the process: UTF-8, or what its byte order mark says; null where a person types.</param>
    /// <param name="terminal">What a person types.</param>
    /// <param name="output">Gets the hash.</param>
    /// <param name="error">Gets what is wrong.</param>
    /// <returns>The process' exit code: 0, or 1 if there is no secret, or not the one that a person sees.</returns>
    public static int Run(string[] arguments, Stream? fed, TextReader terminal, TextWriter output, TextWriter error)
    {
        var secret = arguments.Length > 0 ? null : fed is null ? terminal.ReadLine() : ReadAll(fed);
        if (string.IsNullOrEmpty(secret))
        {
            error.WriteLine("Give the secret as one line on standard input. There are no arguments.");
            return 1;
        }

        if (secret.EnumerateRunes().Any(IsUnseen))
        {
            error.WriteLine("The secret has a character that nobody sees, or more than one line, or is not UTF-8: a client would send another one.");
            return 1;
        }

        output.WriteLine(ClientSecrets.Hash(secret));
        return 0;
    }

    private static string ReadAll(Stream fed)
    {
        using var reader = new StreamReader(fed, Encoding.UTF8);
        return reader.ReadToEnd().TrimEnd('\r', '\n');
    }

    // U+FFFD stands for bytes that are not UTF-8.
    private static bool IsUnseen(Rune rune) => rune == Rune.ReplacementChar
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
