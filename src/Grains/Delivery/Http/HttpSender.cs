using System.Net;
using Polly;
using Polly.Retry;

namespace Otp.Delivery;

/// <summary>
/// Sends HTTP requests over pooled connections, and retries after 429, 5xx and failed connections, within the caller's time and not before
/// the server allows it.
/// </summary>
internal sealed class HttpSender : IDisposable
{
    private const int MaxBody = 16 * 1024;

    private readonly ResiliencePipeline<HttpReply> _retry;
    private readonly TimeProvider _time;

    // A redirect could lead a code anywhere. An address may hold a token, so no logging handler and no trace sees it. A connection lives
    // two minutes, so that a changed DNS record takes effect.
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        AutomaticDecompression = DecompressionMethods.None,
    });

    /// <summary>Makes a sender with connections of its own.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="maxRetryAfter">The longest <c>Retry-After</c> that is waited for; after a longer one the next provider is better.</param>
    public HttpSender(TimeProvider time, TimeSpan maxRetryAfter)
    {
        _time = time;
        _retry = new ResiliencePipelineBuilder<HttpReply> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpReply>
            {
                MaxRetryAttempts = 3,
                Delay = TimeSpan.FromMilliseconds(200),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Outcome.Result is { IsTransient: true } reply && !(reply.RetryAfter > maxRetryAfter)),
                DelayGenerator = attempt => ValueTask.FromResult(attempt.Outcome.Result.RetryAfter),
            })
            .Build();
    }

    /// <summary>Whether a text is an <c>https</c> address, or an <c>http</c> one of this machine, or of any where clear text is allowed.</summary>
    public static bool IsServiceAddress(string? text, bool allowClear) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.UserInfo.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && (allowClear || address.IsLoopback)));

    /// <summary>Sends a request, made anew for each attempt, and reads the beginning of the answer.</summary>
    /// <exception cref="OperationCanceledException">The time is over.</exception>
    public Task<HttpReply> SendAsync(Func<HttpRequestMessage> request, CancellationToken ct) =>

        // On the pool: the steps of the exchange are no turns of the grain that waits for it.
        Task.Run(() => _retry.ExecuteAsync(static (call, ct) => call.self.TryAsync(call.request, ct), (self: this, request), ct).AsTask(), ct);

    public void Dispose() => _client.Dispose();

    private async ValueTask<HttpReply> TryAsync(Func<HttpRequestMessage> make, CancellationToken ct)
    {
        try
        {
            using var request = make();
            using var response = await _client.SendAsync(request, ct);
            var body = new byte[MaxBody];
            await using var stream = await response.Content.ReadAsStreamAsync(ct);
            var length = await stream.ReadAtLeastAsync(body, MaxBody, throwOnEndOfStream: false, ct);
            return new HttpReply(response.StatusCode, RetryAfter(response), body.AsMemory(0, length), default);
        }
        catch (HttpRequestException e)
        {
            return HttpReply.None(Categorise(e.HttpRequestError));
        }
        catch (IOException)
        {
            return HttpReply.None(DeliveryFailure.ProtocolError);
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => TimeSpan.FromTicks(Math.Max(0, (date - _time.GetUtcNow()).Ticks)),
        _ => null,
    };

    // Only where no connection was made is it certain that nothing was carried out.
    private static DeliveryFailure Categorise(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError =>
            DeliveryFailure.ConnectionFailed,
        HttpRequestError.SecureConnectionError => DeliveryFailure.TlsFailed,
        _ => DeliveryFailure.ProtocolError,
    };
}
