using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace Otp.Gateway.Auth;

/// <summary>
/// Checks client secrets against their hashes (ASP.NET Core Identity's format). Every try hashes equally often, so that the time
/// it takes does not tell which clients exist, nor how many secrets they have. A secret that was right once is recognised by a keyed
/// hash, with a key of this process, until the configuration changes: clients at work get tokens also while guessers keep the hashing busy.
/// </summary>
internal sealed class ClientSecrets
{
    private static readonly PasswordHasher<object> Hasher = new();
    private static readonly object Nobody = new();
    private static readonly string Unmatchable = Hash("");

    private readonly ProgramCatalog _catalog;
    private readonly byte[] _fingerprintKey = new byte[HMACSHA256.HashSizeInBytes];
    private readonly ConditionalWeakTable<ClientSecret, byte[]> _proved = [];

    public ClientSecrets(ProgramCatalog catalog, RandomNumberGenerator random)
    {
        _catalog = catalog;
        random.GetBytes(_fingerprintKey);
    }

    /// <summary>The hash to put into configuration for a secret.</summary>
    public static string Hash(string secret) => Hasher.HashPassword(Nobody, secret);

    /// <summary>The client with this id, if it has proved this secret before; otherwise null, which says nothing. Takes microseconds.</summary>
    public ApiClient? Recall(string clientId, string secret)
    {
        var fingerprint = FingerprintOf(secret);
        if (!_catalog.Current.TryGetClient(clientId, out var client))
        {
            return null;
        }

        foreach (var own in client.Secrets)
        {
            if (_proved.TryGetValue(own, out var proved) && CryptographicOperations.FixedTimeEquals(proved, fingerprint))
            {
                return new ApiClient(client, own.Id);
            }
        }

        return null;
    }

    /// <summary>The client with this id, if the secret is one of its own; otherwise null. Takes tens of milliseconds.</summary>
    public ApiClient? Check(string clientId, string secret)
    {
        var programs = _catalog.Current;
        var own = programs.TryGetClient(clientId, out var client) ? client.Secrets : [];
        ClientSecret? right = null;
        for (var i = 0; i < programs.MostSecrets; i++)
        {
            var isOwn = i < own.Length;
            var hash = isOwn ? own[i].Hash : Unmatchable;
            if (Hasher.VerifyHashedPassword(Nobody, hash, secret) != PasswordVerificationResult.Failed && isOwn)
            {
                right = own[i];
            }
        }

        if (right is null)
        {
            return null;
        }

        _proved.AddOrUpdate(right, FingerprintOf(secret));
        return new ApiClient(client!, right.Id);
    }

    private byte[] FingerprintOf(string secret) => HMACSHA256.HashData(_fingerprintKey, Encoding.UTF8.GetBytes(secret));
}

/// <summary>A caller of the API that has proved who it is.</summary>
/// <param name="Client">The caller.</param>
/// <param name="SecretId">The secret it proved it with (<see cref="ClientSecret.Id"/>).</param>
internal sealed record ApiClient(ProgramClient Client, string SecretId)
{
    public string Id => Client.Id;

    public OtpProgram Program => Client.Program;
}
