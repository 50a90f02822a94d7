using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Otp.Programs;

/// <summary>One caller of the API, as the configuration names it now.</summary>
public sealed class OtpClient
{
    private readonly FrozenSet<string> _roles;

    public OtpClient(string id, OtpProgram program, ClientOptions options)
    {
        Id = id;
        Program = program;
        Secrets = [.. options.SecretHashes.Select(hash => new ClientSecret(hash))];
        _roles = options.Roles.ToFrozenSet(StringComparer.Ordinal);
    }

    public string Id { get; }

    public OtpProgram Program { get; }

    /// <summary>The secrets that are valid now.</summary>
    public ImmutableArray<ClientSecret> Secrets { get; }

    /// <summary>Whether the client may do what a role of <see cref="ClientRoles"/> allows.</summary>
    public bool HasRole(string role) => _roles.Contains(role);

    /// <summary>Whether the secret with this id is still valid.</summary>
    public bool HasSecret(string secretId)
    {
        foreach (var secret in Secrets)
        {
            if (string.Equals(secret.Id, secretId, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
