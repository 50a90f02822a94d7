using System.Buffers.Text;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Otp.Programs;

/// <summary>One caller of the API, as the configuration in force names it.</summary>
public sealed class ProgramClient(string id, OtpProgram program, ClientOptions options)
{
    private readonly FrozenSet<string> _roles = options.Roles.ToFrozenSet(StringComparer.Ordinal);

    public string Id => id;

    public OtpProgram Program => program;

    public ImmutableArray<ClientSecret> Secrets { get; } = [.. options.SecretHashes.Select(hash => new ClientSecret(hash))];

    /// <summary>Whether the client may do what a role of <see cref="ClientRoles"/> allows.</summary>
    public bool HasRole(string role) => _roles.Contains(role);

    /// <summary>Whether the secret with this id is still valid.</summary>
    public bool HasSecret(string secretId) => Secrets.Any(secret => secret.Id == secretId);
}

/// <summary>One of a client's valid secrets.</summary>
/// <param name="Hash">Its hash (ASP.NET Core Identity's format).</param>
public sealed record ClientSecret(string Hash)
{
    private const int IdBytes = 8;

    /// <summary>Names the secret in the tokens issued with it, which end when it is removed: the start of its hash's SHA-256, base64url.</summary>
    public string Id { get; } = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(Hash)).AsSpan(0, IdBytes));

    /// <summary>Without the hash.</summary>
    public override string ToString() => $"{nameof(ClientSecret)} {Id}";
}
