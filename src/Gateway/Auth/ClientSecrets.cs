using Microsoft.AspNetCore.Identity;
using Orleans.Otp.Programs;

namespace Orleans.Otp.Gateway.Auth;

/// <summary>
/// Checks client secrets against their hashes (ASP.NET Core Identity's format). Every try hashes equally often, so that the time
/// it takes does not tell which clients exist, nor how many secrets they have.
/// </summary>
internal sealed class ClientSecrets(ProgramCatalog catalog)
{
    private static readonly PasswordHasher<object> Hasher = new();
    private static readonly object Nobody = new();

    private readonly string _unmatchable = Hash("");

    /// <summary>The hash to put into configuration for a secret.</summary>
    public static string Hash(string secret) => Hasher.HashPassword(Nobody, secret);

    /// <summary>The client with this id, if the secret is one of its own; otherwise null.</summary>
    public ApiClient? Check(string clientId, string secret)
    {
        var programs = catalog.Current;
        var own = programs.TryGetClient(clientId, out var client) ? client.Secrets : [];
        ApiClient? proved = null;
        for (var i = 0; i < programs.MostSecrets; i++)
        {
            var isOwn = i < own.Length;
            var hash = isOwn ? own[i].Hash : _unmatchable;
            if (Hasher.VerifyHashedPassword(Nobody, hash, secret) != PasswordVerificationResult.Failed && isOwn)
            {
                proved = new ApiClient(client!, own[i].Id);
            }
        }

        return proved;
    }
}
