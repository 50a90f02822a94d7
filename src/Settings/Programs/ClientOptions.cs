namespace Otp.Programs;

/// <summary>One caller of the API.</summary>
public sealed class ClientOptions
{
    /// <summary>Hashes of the secrets that are valid now (ASP.NET Core Identity's format); two while one replaces the other.</summary>
    public List<string> SecretHashes { get; set; } = [];

    /// <summary>What the client may do: <c>otp</c>, <c>admin</c>.</summary>
    public List<string> Roles { get; set; } = [];
}
