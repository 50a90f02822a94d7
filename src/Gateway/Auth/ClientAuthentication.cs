using Otp.Gateway.Limits;

namespace Otp.Gateway.Auth;

/// <summary>
/// Authenticates clients, within the limits on callers. Hashing a secret takes a processor tens of milliseconds, so at most half of the
/// processors hash at a time: guessers cannot keep codes from being sent. An address that failed too often is refused without hashing.
/// </summary>
internal sealed class ClientAuthentication(ClientSecrets secrets, CallerLimits limits) : IDisposable
{
    private const int LongestQueue = 128;

    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _lanes = new(Math.Max(1, Environment.ProcessorCount / 2));
    private int _queued;

    public async ValueTask<TokenAttempt> TryAsync(HttpContext context, string clientId, string secret)
    {
        var address = CallerAddress.Of(context);
        if (limits.CountToken(address, clientId) is { } wait)
        {
            return new TokenAttempt(null, wait);
        }

        if (secrets.Recall(clientId, secret) is { } known)
        {
            return new TokenAttempt(known);
        }

        if (Interlocked.Increment(ref _queued) > LongestQueue)
        {
            Interlocked.Decrement(ref _queued);
            return new TokenAttempt(null, Busy);
        }

        try
        {
            await _lanes.WaitAsync(context.RequestAborted);
            try
            {
                // One of those before it may have proved the same secret: a client's first requests to a gateway come many at once.
                return secrets.Recall(clientId, secret) is { } proved ? new TokenAttempt(proved) : TryNow(address, clientId, secret);
            }
            finally
            {
                _lanes.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _queued);
        }
    }

    public void Dispose() => _lanes.Dispose();

    // Counts the attempt as failed before it hashes, so that parallel guesses count like sequential ones.
    private TokenAttempt TryNow(CallerAddress address, string clientId, string secret)
    {
        if (limits.CountFailedToken(address, clientId) is { } wait)
        {
            return new TokenAttempt(null, wait);
        }

        var client = secrets.Check(clientId, secret);
        if (client is not null)
        {
            limits.ForgiveToken(address, clientId);
        }

        return new TokenAttempt(client);
    }
}

/// <summary>What came of a client's try to prove who it is.</summary>
/// <param name="Client">The client, if it did.</param>
/// <param name="RetryAfter">How long until another try is looked at, if this one was not.</param>
internal readonly record struct TokenAttempt(ApiClient? Client, TimeSpan? RetryAfter = null);
