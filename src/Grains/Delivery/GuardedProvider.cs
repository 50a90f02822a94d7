using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace Otp.Delivery;

/// <summary>A provider behind its time-out and its circuit breaker: whatever the provider does, the caller gets a result in time.</summary>
internal sealed partial class GuardedProvider
{
    // Bounds the connections that a server holds which never answers.
    private const int MaxAwaited = 256;

    private static readonly TimeSpan LateAnswerTimeout = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline<DeliveryResult> _breaker;
    private int _awaited;

    public GuardedProvider(IDeliveryProvider provider, BreakerOptions options, TimeProvider time, ILogger logger)
    {
        (Provider, _time, _logger) = (provider, time, logger);
        _breaker = new ResiliencePipelineBuilder<DeliveryResult> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<DeliveryResult>
            {
                FailureRatio = options.FailureRatio,
                MinimumThroughput = options.MinimumThroughput,
                SamplingDuration = options.SamplingDuration,
                BreakDuration = options.BreakDuration,
                ShouldHandle = static attempt => ValueTask.FromResult(attempt.Outcome.Result.IsProviderFault),
                OnOpened = opened => Log(() => LogOpened(Provider.Name, opened.BreakDuration)),
                OnClosed = _ => Log(() => LogClosed(Provider.Name)),
            })
            .Build();

        static ValueTask Log(Action log)
        {
            log();
            return ValueTask.CompletedTask;
        }
    }

    public IDeliveryProvider Provider { get; }

    /// <summary>Tries once to hand over a message.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async ValueTask<DeliveryResult> DeliverAsync(Message message, TimeSpan timeout, CancellationToken ct)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, ct);
        try
        {
            var outcome = await _breaker.ExecuteOutcomeAsync(
                static (context, call) => call.self.CallAsync(call.message, call.timeout, context.CancellationToken),
                context,
                (self: this, message, timeout));
            if (outcome.Exception is BrokenCircuitException)
            {
                return DeliveryResult.Refused(DeliveryFailure.CircuitOpen);
            }

            outcome.ThrowIfException();
            return outcome.Result;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<Outcome<DeliveryResult>> CallAsync(Message message, TimeSpan timeout, CancellationToken ct)
    {
        var handover = new Handover();

        // Not disposed: neither has a timer of its own, and an abandoned provider may still use its token.
        var (deadline, abandoned) = (new CancellationTokenSource(), new CancellationTokenSource());
        Task<DeliveryResult>? pending = null;
        var start = _time.GetTimestamp();
        try
        {
            var call = Provider.DeliverAsync(message, handover, abandoned.Token);
            if (call.IsCompleted)
            {
                return Outcome.FromResult(await call);
            }

            // The timer starts only now: most messages are taken without a wait.
            pending = call.AsTask();
            var left = timeout - _time.GetElapsedTime(start);
            using var timer = _time.CreateTimer(Cancel, deadline, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            await using var cancelled = ct.UnsafeRegister(Cancel, deadline);
            return Outcome.FromResult(await pending.WaitAsync(deadline.Token));
        }
        catch (Exception) when (deadline.IsCancellationRequested)
        {
            if (pending is { IsCompletedSuccessfully: true })
            {
                return Outcome.FromResult(await pending);
            }

            if (!ct.IsCancellationRequested && !handover.TryCallOff())
            {
                _ = Task.Run(() => AwaitLateAnswerAsync(pending!, abandoned, start), CancellationToken.None);
                return Outcome.FromResult(DeliveryResult.Unanswered);
            }

            _ = abandoned.CancelAsync();
            Abandon(pending);
            return ct.IsCancellationRequested
                ? Outcome.FromException<DeliveryResult>(new OperationCanceledException(ct))
                : Outcome.FromResult(DeliveryResult.Refused(DeliveryFailure.Timeout));
        }
        catch (Exception e)
        {
            LogFault(Provider.Name, e.GetType());
            return Outcome.FromResult(handover.HasBegun ? DeliveryResult.Unanswered : DeliveryResult.Refused(DeliveryFailure.Fault));
        }
    }

    // Nobody waits for the answer any more, but a server may drop the message of a client that hangs up before it has answered.
    private async Task AwaitLateAnswerAsync(Task<DeliveryResult> pending, CancellationTokenSource abandoned, long start)
    {
        var isOneTooMany = Interlocked.Increment(ref _awaited) > MaxAwaited;
        try
        {
            using var timer = _time.CreateTimer(Cancel, abandoned, isOneTooMany ? TimeSpan.Zero : LateAnswerTimeout, Timeout.InfiniteTimeSpan);
            var result = await pending.WaitAsync(abandoned.Token);
            LogLate(Provider.Name, (long)_time.GetElapsedTime(start).TotalMilliseconds, result);
        }
        catch (Exception)
        {
            // It does not answer in this time either, which has been told already.
            Abandon(pending);
        }
        finally
        {
            Interlocked.Decrement(ref _awaited);
        }
    }

    private static void Cancel(object? source) => ((CancellationTokenSource)source!).Cancel();

    /// <summary>Observes what a provider throws after its time, so that nobody logs it: it may quote the address.</summary>
    private static void Abandon(Task? call) =>
        _ = call?.ContinueWith(
            static late => _ = late.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

    [LoggerMessage(2003, LogLevel.Error, "{Provider} failed with {ExceptionType}")]
    private partial void LogFault(string provider, Type exceptionType);

    [LoggerMessage(2005, LogLevel.Warning, "{Provider} failed too often: it is not asked for {Duration}, then tried again")]
    private partial void LogOpened(string provider, TimeSpan duration);

    [LoggerMessage(2006, LogLevel.Information, "{Provider} takes messages again")]
    private partial void LogClosed(string provider);

    [LoggerMessage(2009, LogLevel.Information, "{Provider} answered {Elapsed} ms after it was asked, when the message already counted as sent: {Result}")]
    private partial void LogLate(string provider, long elapsed, DeliveryResult result);
}
