using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Orleans.Otp.Programs;

namespace Orleans.Otp.Gateway.Auth;

/// <summary>
/// Checks client secrets against their hashes (ASP.NET Core Identity's format). Every try hashes equally often, so that the time
/// it takes does not tell which clients exist, nor how many secrets they have.
/// </summary>
internal sealed class ClientSecrets
{
    private static readonly PasswordHasher<ClientOptions> Hasher = new();
    private static readonly ClientOptions Nobody = new();

    private readonly ProgramCatalog _catalog;
    private readonly string _unmatchable = Hash("");
    private readonly int _hashesPerTry;

    public ClientSecrets(ProgramCatalog catalog, IOptions<OtpOptions> options)
    {
        _catalog = catalog;
        _hashesPerTry = options.Value.Programs.Values
            .SelectMany(program => program.Clients.Values)
            .Select(client => client.SecretHashes.Count)
            .Append(1)
            .Max();
    }

    /// <summary>The hash to put into configuration for a secret.</summary>
    public static string Hash(string secret) => Hasher.HashPassword(Nobody, secret);

    /// <summary>The client with this id, if the secret is one of its own; otherwise null.</summary>
    public ApiClient? Authenticate(string clientId, string secret)
    {
        var client = _catalog.TryGetByClient(clientId, out var program) ? program.Clients[clientId] : Nobody;
        var matches = false;
        for (var i = 0; i < _hashesPerTry; i++)
        {
            var isOwn = i < client.SecretHashes.Count;
            var hash = isOwn ? client.SecretHashes[i] : _unmatchable;
            matches |= Hasher.VerifyHashedPassword(client, hash, secret) != PasswordVerificationResult.Failed && isOwn;
        }

        return matches ? new ApiClient(clientId, program!, client.Roles) : null;
    }
}
