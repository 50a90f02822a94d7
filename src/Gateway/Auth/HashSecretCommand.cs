namespace Otp.Gateway.Auth;

/// <summary>
/// <c>hash-secret</c>: reads a client's secret from standard input, so that no shell history or process list keeps it, and prints
/// the hash to put into configuration.
/// </summary>
internal static class HashSecretCommand
{
    public const string Name = "hash-secret";

    /// <summary>The process' exit code: 0, or 1 if no secret was given, or one as an argument.</summary>
    public static int Run(string[] arguments, TextReader input, TextWriter output, TextWriter error)
    {
        var secret = arguments.Length == 0 ? input.ReadLine() : null;
        if (string.IsNullOrEmpty(secret))
        {
            error.WriteLine("Give the secret as one line on standard input. There are no arguments.");
            return 1;
        }

        output.WriteLine(ClientSecrets.Hash(secret));
        return 0;
    }
}
