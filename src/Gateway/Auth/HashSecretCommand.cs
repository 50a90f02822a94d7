namespace Otp.Gateway.Auth;

/// <summary>
/// <c>hash-secret</c>: reads a client's secret from standard input, so that no shell history or process list keeps it, and prints
/// the hash to put into configuration.
/// </summary>
internal static class HashSecretCommand
{
    public const string Name = "hash-secret";

    /// <summary>The process' exit code: 0, or 1 if no secret was given.</summary>
    public static int Run(TextReader input, TextWriter output, TextWriter error)
    {
        var secret = input.ReadLine();
        if (string.IsNullOrEmpty(secret))
        {
            error.WriteLine("Give the secret as one line on standard input.");
            return 1;
        }

        output.WriteLine(ClientSecrets.Hash(secret));
        return 0;
    }
}
