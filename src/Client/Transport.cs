using System.Net.Http.Headers;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Otp.Client;

/// <summary>Makes a request until somebody answers it, each attempt within its time, and keeps the access token.</summary>
internal sealed class Transport : IDisposable
{
    private const string IdempotencyKeyHeader = "Idempotency-Key";

    private readonly Lock _tokenLock = new();
    private readonly OtpClientOptions _options;
    private readonly HttpClient _http;
    private readonly ResiliencePipeline<Reply> _attempts;
    private readonly TimeProvider _time;
    private Task<Reply>? _token;

    public Transport(OtpClientOptions options, HttpMessageHandler? handler, TimeProvider time)
    {
        _options = options;
        _time = time;
        _http = handler is null
            ? new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
            : new HttpClient(handler, disposeHandler: false);
        _http.Timeout = Timeout.InfiniteTimeSpan;
        _http.BaseAddress = new Uri(options.BaseAddress.AbsoluteUri.TrimEnd('/') + '/');
        _attempts = Attempts(options, time);
    }

    /// <summary>Posts JSON (<see cref="CallAsync"/>).</summary>
    public Task<Reply> PostAsync(string path, byte[] json, string? idempotencyKey, CancellationToken ct) =>
        CallAsync(HttpMethod.Post, path, json, idempotencyKey, ct);

    /// <summary>Sends JSON with the access token; if the service no longer takes the token, once more with a new one.</summary>
    public async Task<Reply> CallAsync(HttpMethod method, string path, byte[] json, string? idempotencyKey, CancellationToken ct)
    {
        for (var isLast = false; ; isLast = true)
        {
            var pending = TokenAsync();
            var answer = await pending.WaitAsync(ct).ConfigureAwait(false);
            if (answer.Status != 200 || answer.Read(ClientJson.Default.TokenAnswer)?.AccessToken is not { } token)
            {
                Forget(pending);
                return answer.Status == 401 ? answer : answer with { Status = 0, RateLimit = null };
            }

            var reply = await SendAsync(() => Request(method, path, json, token, idempotencyKey), ct).ConfigureAwait(false);
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

    public void Dispose() => _http.Dispose();

    // One request for a token serves all who wait for it, so that it ends with none of them. One that failed is not kept.
    private Task<Reply> TokenAsync()
    {
        lock (_tokenLock)
        {
            return _token is { IsFaulted: false } token ? token : _token = SendAsync(TokenRequest, CancellationToken.None);
        }
    }

    private void Forget(Task<Reply> token)
    {
        lock (_tokenLock)
        {
            if (ReferenceEquals(_token, token))
            {
                _token = null;
            }
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, byte[] json, string token, string? idempotencyKey)
    {
        var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (idempotencyKey is not null)
        {
            request.Headers.Add(IdempotencyKeyHeader, idempotencyKey);
        }

        return request;
    }

    private HttpRequestMessage TokenRequest() => new(HttpMethod.Post, "v2/token")
    {
        Content = new FormUrlEncodedContent(
        [
            new("grant_type", "password"),
            new("username", _options.ClientId),
            new("password", _options.ClientSecret),
        ]),
    };

    private async Task<Reply> SendAsync(Func<HttpRequestMessage> request, CancellationToken ct)
    {
        try
        {
            return await _attempts.ExecuteAsync(
                static async (call, token) => await call.self.AttemptAsync(call.request(), token).ConfigureAwait(false),
                (self: this, request),
                ct).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or TimeoutRejectedException)
        {
            return Reply.None;
        }
    }

    private async Task<Reply> AttemptAsync(HttpRequestMessage request, CancellationToken ct)
    {
        using (request)
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, ct).ConfigureAwait(false);
            return new Reply(
                (int)response.StatusCode,
                response.Content.Headers.ContentType?.MediaType is "application/json",
                await response.Content.ReadAsByteArrayAsync(ct).ConfigureAwait(false),
                Delay(response.Headers.RetryAfter),
                response.Headers.TryGetValues("RateLimit", out var values) ? string.Join(", ", values) : null);
        }
    }

    private TimeSpan? Delay(RetryConditionHeaderValue? retryAfter) => retryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date - _time.GetUtcNow() is var left => left > TimeSpan.Zero ? left : TimeSpan.Zero,
        _ => null,
    };

    private static ResiliencePipeline<Reply> Attempts(OtpClientOptions options, TimeProvider time)
    {
        var pipeline = new ResiliencePipelineBuilder<Reply> { TimeProvider = time };
        if (options.MaxRetries > 0)
        {
            pipeline.AddRetry(new RetryStrategyOptions<Reply>
            {
                MaxRetryAttempts = options.MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(200),
                MaxDelay = options.MaxRetryDelay,
                UseJitter = true,
                ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome switch
                {
                    { Exception: HttpRequestException or TimeoutRejectedException } => true,
                    { Result: { } reply } => reply.IsUnknown && !(reply.RetryAfter > options.MaxRetryDelay),
                    _ => false,
                }),
                DelayGenerator = static attempt => ValueTask.FromResult(attempt.Outcome.Result?.RetryAfter),
            });
        }

        return pipeline.AddTimeout(new TimeoutStrategyOptions { Timeout = options.AttemptTimeout }).Build();
    }
}
