using System.Net.Http.Headers;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Otp.Client;

/// <summary>Makes a call until somebody answers it, each attempt within its time.</summary>
internal sealed class Transport : IDisposable
{
    private readonly HttpClient _http;
    private readonly ResiliencePipeline<Reply> _attempts;
    private readonly TimeProvider _time;

    public Transport(OtpClientOptions options, HttpMessageHandler? handler, TimeProvider? time)
    {
        ArgumentNullException.ThrowIfNull(options);
        _time = time ?? TimeProvider.System;
        _http = handler is null
            ? new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
            : new HttpClient(handler, disposeHandler: false);
        _http.Timeout = Timeout.InfiniteTimeSpan;
        _http.BaseAddress = new Uri(options.BaseAddress.AbsoluteUri.TrimEnd('/') + '/');
        _attempts = Attempts(options, _time);
    }

    public async Task<Reply> CallAsync(Call call, AuthenticationHeaderValue? credentials, CancellationToken ct)
    {
        try
        {
            return await _attempts.ExecuteAsync(
                static async (state, token) => await state.self.AttemptAsync(state.call, state.credentials, token).ConfigureAwait(false),
                (self: this, call, credentials),
                ct).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or TimeoutRejectedException)
        {
            return Reply.None;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<Reply> AttemptAsync(Call call, AuthenticationHeaderValue? credentials, CancellationToken ct)
    {
        using var request = call.ToRequest(credentials);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, ct).ConfigureAwait(false);
        return new Reply(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType is "application/json",
            await response.Content.ReadAsByteArrayAsync(ct).ConfigureAwait(false),
            Delay(response.Headers.RetryAfter),
            response.Headers.TryGetValues("RateLimit", out var values) ? string.Join(", ", values) : null);
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
