using System.Net;
using System.Security.Cryptography;
using Polly;
using Polly.Retry;

namespace Otp.Delivery;

/// <summary>
/// Sends HTTP requests over pooled connections, again where that is sensible: after 429, 5xx and failed connections, as long as the
/// caller's time allows, and not before the server wishes.
/// </summary>
internal sealed class HttpSender : IDisposable
{
    private const int MaxBody = 16 * 1024;

    private readonly ResiliencePipeline<HttpReply> _retry;
    private readonly TimeProvider _time;

    // No redirect is followed, for it could lead a code anywhere; neither a logging handler nor a trace sees an address, which may hold a
    // token. A connection lives two minutes, so that changed names are noticed.
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
    /// <param name="random">Spreads retries.</param>
    /// <param name="patience">The longest wait for a server that asks for one: beyond it the next provider is the better hope.</param>
    public HttpSender(TimeProvider time, RandomNumberGenerator random, TimeSpan patience)
    {
        _time = time;
        _retry = new ResiliencePipelineBuilder<HttpReply> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpReply>
            {
                MaxRetryAttempts = 3,
                Delay = TimeSpan.FromMilliseconds(200),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Randomizer = random.NextDouble,
                ShouldHandle = attempt => ValueTask.FromResult(
                    attempt.Outcome.Result is { IsTransient: true } reply && !(reply.RetryAfter > patience)),
                DelayGenerator = attempt => ValueTask.FromResult(attempt.Outcome.Result.RetryAfter),
            })
            .Build();
    }

    /// <summary>Sends a request, made anew for each attempt, and reads the beginning of the answer.</summary>
    /// <exception cref="OperationCanceledException">The time is over.</exception>
    public ValueTask<HttpReply> SendAsync(Func<HttpRequestMessage> request, CancellationToken ct) =>
        _retry.ExecuteAsync(static (call, ct) => call.self.TryAsync(call.request, ct), (self: this, request), ct);

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
