using System.Net;
using System.Net.Http.Headers;
using Polly;
using Polly.Retry;

namespace Otp.Delivery;

/// <summary>Sends HTTP requests; retries after 429, 5xx and failed connections, in the caller's time and not before the server allows it.</summary>
/// <param name="maxRetryAfter">The longest <c>Retry-After</c> that is waited for; after a longer one the next provider is better.</param>
internal sealed class HttpSender(TimeProvider time, TimeSpan maxRetryAfter) : IDisposable
{
    private const int MaxBody = 16 * 1024;

    internal static readonly ProductInfoHeaderValue UserAgent =
        new("Orleans.Otp", typeof(HttpSender).Assembly.GetName().Version!.ToString(fieldCount: 3));

    private readonly ResiliencePipeline<HttpReply> _retry = new ResiliencePipelineBuilder<HttpReply> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<HttpReply>
        {
            MaxRetryAttempts = 3,
            Delay = TimeSpan.FromMilliseconds(200),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = attempt => ValueTask.FromResult(
                attempt.Outcome.Result is { IsTransient: true } reply && !(reply.RetryAfter > maxRetryAfter)),
            DelayGenerator = static attempt => ValueTask.FromResult(attempt.Outcome.Result.RetryAfter),
        })
        .Build();

    private readonly HttpMessageInvoker _client = CreateClient();

    /// <summary>Whether a text is an <c>https</c> address, or an <c>http</c> one of this machine, or of any where clear text is allowed.</summary>
    public static bool IsServiceAddress(string? text, bool allowClear) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.UserInfo.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && (allowClear || address.IsLoopback)));

    // A redirect could lead a code anywhere. An address may hold a token, so no logging handler and no trace sees it. A connection lives
    // two minutes, so that a changed DNS record takes effect; without use 3 s, because a message that crosses with a server's closing of an
    // idle connection is lost unanswered, and servers close after 5 s or more.
    internal static HttpMessageInvoker CreateClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(3),
        AutomaticDecompression = DecompressionMethods.None,
    });

    /// <summary>Sends a request, made anew for each attempt, and reads the beginning of the answer.</summary>
    /// <exception cref="OperationCanceledException">The time is over.</exception>
    public Task<HttpReply> SendAsync(Func<HttpRequestMessage> request, Handover handover, CancellationToken ct) =>

        // On the pool: the steps of the exchange are no turns of the grain that waits for it.
        Task.Run(
            () => _retry.ExecuteAsync(
                static (call, ct) => call.self.TryAsync(call.request, call.handover, ct), (self: this, request, handover), ct).AsTask(),
            ct);

    public void Dispose() => _client.Dispose();

    private async ValueTask<HttpReply> TryAsync(Func<HttpRequestMessage> make, Handover handover, CancellationToken ct)
    {
        try
        {
            using var request = make();
            request.Headers.UserAgent.Add(UserAgent);
            request.Content = new LeavingContent(request.Content!, handover);
            using var response = await _client.SendAsync(request, ct);
            var reply = new HttpReply(response.StatusCode, RetryAfter(response), await ReadBodyAsync(response, ct), default);
            if (reply is { IsSuccess: false, Failure: not DeliveryFailure.Unanswered })
            {
                handover.Undo();
            }

            return reply;
        }
        catch (HttpRequestException e)
        {
            return HttpReply.None(handover.HasBegun ? DeliveryFailure.Unanswered : Categorise(e.HttpRequestError));
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var body = new byte[MaxBody];
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(ct);
            return body.AsMemory(0, await stream.ReadAtLeastAsync(body, MaxBody, throwOnEndOfStream: false, ct));
        }
        catch (IOException e)
        {
            // A refusal needs no body. What a success says of the message is lost.
            return response.IsSuccessStatusCode ? throw new HttpRequestException(HttpRequestError.ResponseEnded, inner: e) : default;
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => TimeSpan.FromTicks(Math.Max(0, (date - time.GetUtcNow()).Ticks)),
        _ => null,
    };

    private static DeliveryFailure Categorise(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError =>
            DeliveryFailure.ConnectionFailed,
        HttpRequestError.SecureConnectionError => DeliveryFailure.TlsFailed,
        _ => DeliveryFailure.ProtocolError,
    };
}

/// <summary>A request's body that says when it leaves: once there is a connection, and before its first byte is written.</summary>
internal sealed class LeavingContent : HttpContent
{
    private readonly HttpContent _content;
    private readonly Handover _handover;

    public LeavingContent(HttpContent content, Handover handover)
    {
        (_content, _handover) = (content, handover);
        foreach (var (name, values) in content.Headers)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _handover.Begin();
        return _content.CopyToAsync(stream, context, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _content.Headers.ContentLength.GetValueOrDefault();
        return _content.Headers.ContentLength.HasValue;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }
}
