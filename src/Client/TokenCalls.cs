using System.Net.Http.Headers;

namespace Otp.Client;

/// <summary>Makes calls with an access token, which it keeps.</summary>
/// <param name="transport">Makes the requests.</param>
/// <param name="tokenRequest">Asks for a token.</param>
/// <param name="read">Finds the token in the answer; null if there is none.</param>
internal sealed class TokenCalls(Transport transport, Call tokenRequest, Func<Reply, string?> read)
{
    private readonly Lock _lock = new();
    private Task<Reply>? _token;

    /// <summary>Makes a call; if the service no longer takes the token, once more with a new one.</summary>
    public async Task<Reply> CallAsync(Call call, CancellationToken ct)
    {
        for (var isLast = false; ; isLast = true)
        {
            var pending = TokenAsync();
            var answer = await pending.WaitAsync(ct).ConfigureAwait(false);
            if (answer.Status != 200 || read(answer) is not { } token)
            {
                Forget(pending);
                return answer.Status == 401 ? answer : answer with { Status = 0, RateLimit = null };
            }

            var reply = await transport.CallAsync(call, new AuthenticationHeaderValue("Bearer", token), ct).ConfigureAwait(false);
            if (reply.Status != 401)
            {
                return reply;
            }

            Forget(pending);
            if (isLast)
            {
                return reply;
            }
        }
    }

    // One request for a token serves all who wait for it, so that it ends with none of them. One that failed is not kept.
    private Task<Reply> TokenAsync()
    {
        lock (_lock)
        {
            return _token is { IsFaulted: false } token ? token : _token = transport.CallAsync(tokenRequest, credentials: null, CancellationToken.None);
        }
    }

    private void Forget(Task<Reply> token)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_token, token))
            {
                _token = null;
            }
        }
    }
}
