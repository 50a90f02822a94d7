using System.Collections.Concurrent;
using System.Security.Cryptography;
using Orleans.Runtime.Messaging;
using Orleans.Storage;
using Otp.Faults;
using Otp.Gateway.Limits;
using Otp.Hosting.Cluster.Membership;
using Otp.Hosting.Redis;

namespace Otp.Gateway.Http;

/// <summary>
/// Calls grains for requests. It retries a call whose answer is late or whose silo is lost; Orleans routes the retry to the grain's present
/// silo, and the operation id makes sure that the call has one effect. A fault that outlasts the retries becomes
/// <see cref="GrainUnavailableException"/>. Overload is not retried: when too many calls are in flight, a further one is refused at once.
/// </summary>
/// <param name="loss">Says when a silo is lost.</param>
/// <param name="limit">How many calls may be under way.</param>
/// <param name="redis">The process' own way to Redis; null where records are in memory.</param>
internal sealed partial class GrainCall(
    IGrainFactory grains, SiloLoss loss, AdaptiveLimit limit, TimeProvider time, ILogger<GrainCall> logger, RedisConnection? redis = null)
{
    private static readonly TimeSpan RefusalLogInterval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    // When a silo cannot reach storage, another silo takes its place within this time …
    private static readonly TimeSpan StorageTimeout = TimeSpan.FromSeconds(4);

    // … unless this process cannot reach storage either: then it waits only for a broken connection to be made again.
    private static readonly TimeSpan ReconnectTimeout = TimeSpan.FromSeconds(1);

    private readonly RetryDelays _delays = new();
    private readonly ConcurrentDictionary<Type, (GrainType Grain, GrainInterfaceType Interface)> _types = new();
    private long _refusalLoggedAt = long.MinValue;

    /// <summary>Calls the grain with this key.</summary>
    /// <param name="key">The grain's key.</param>
    /// <param name="call">The call; made again with the same arguments, so it names its operation, or changes nothing.</param>
    /// <param name="isRepeatable">Whether a repeat gets the same answer. If not, the call is retried only when it is lost, not when it is late.</param>
    /// <param name="hangUp">Cancelled when the caller has hung up: then the call is not retried. A call in flight is still awaited.</param>
    /// <exception cref="GrainUnavailableException">The cluster could not carry out the call.</exception>
    public async Task<TResult> InvokeAsync<TGrain, TResult>(string key, Func<TGrain, Attempt, Task<TResult>> call, bool isRepeatable = true, CancellationToken hangUp = default)
        where TGrain : IGrainWithStringKey
    {
        using var permit = limit.Acquire();
        if (!permit.IsAcquired)
        {
            CountRefused();
            throw new GrainUnavailableException();
        }

        var id = Guid.NewGuid();
        var start = time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            var attemptStart = time.GetTimestamp();
            var delay = DelayOf(attempt, isRepeatable, CallTimeout - time.GetElapsedTime(start));
            try
            {
                var lost = loss.Next;
                var result = await AskAsync(call(Find<TGrain>(key), new Attempt(id, attempt)), delay, lost);
                _delays.Note(time.GetElapsedTime(attemptStart));
                return result;
            }
            catch (Exception exception) when (IsTransient(exception, time.GetElapsedTime(start)) && !hangUp.IsCancellationRequested)
            {
                LogRetry(attempt + 1, exception.GetType().FullName);
                if (exception is OrleansException)
                {
                    // The cluster refused the call. Jitter keeps all callers from retrying at once.
                    await Task.Delay(Jitter(RetryDelays.AfterRefusal(attempt)), time, CancellationToken.None);
                }
            }
            catch (UnknownProgramException exception)
            {
                LogUnknownProgram(exception.Program);
                throw new GrainUnavailableException(exception);
            }
            catch (Exception exception) when (exception is TimeoutException or OrleansException or KeyNotFoundException)
            {
                LogUnavailable(exception.GetType().FullName);
                LogUnavailableDetail(exception);
                throw new GrainUnavailableException(exception);
            }
        }
    }

    /// <inheritdoc cref="InvokeAsync{TGrain, TResult}(string, Func{TGrain, Attempt, Task{TResult}}, bool, CancellationToken)"/>
    public Task<TResult> InvokeAsync<TGrain, TResult>(string key, Func<TGrain, Task<TResult>> call, bool isRepeatable = true, CancellationToken hangUp = default)
        where TGrain : IGrainWithStringKey =>
        InvokeAsync<TGrain, TResult>(key, (grain, _) => call(grain), isRepeatable, hangUp);

    /// <inheritdoc cref="InvokeAsync{TGrain, TResult}(string, Func{TGrain, Attempt, Task{TResult}}, bool, CancellationToken)"/>
    public Task InvokeAsync<TGrain>(string key, Func<TGrain, Task> call, bool isRepeatable = true, CancellationToken hangUp = default)
        where TGrain : IGrainWithStringKey =>
        InvokeAsync<TGrain, bool>(
            key,
            async grain =>
            {
                await call(grain);
                return true;
            },
            isRepeatable,
            hangUp);

    /// <summary>Counts a call that was refused because too many are under way, and logs now and then that some are.</summary>
    public void CountRefused()
    {
        LimitMetrics.Count(RetryAfter.Fault, "overload");
        var now = time.GetTimestamp();
        var last = Volatile.Read(ref _refusalLoggedAt);
        if ((last == long.MinValue || time.GetElapsedTime(last, now) >= RefusalLogInterval)
            && Interlocked.CompareExchange(ref _refusalLoggedAt, now, last) == last)
        {
            LogTooMany(limit.Current);
        }
    }

    // Orleans finds the names of an interface by reflection, at every call. Here it does so once.
    private TGrain Find<TGrain>(string key)
        where TGrain : IGrainWithStringKey
    {
        if (_types.TryGetValue(typeof(TGrain), out var known))
        {
            return (TGrain)grains.GetGrain(GrainId.Create(known.Grain, key), known.Interface);
        }

        var grain = grains.GetGrain<TGrain>(key);
        var reference = (GrainReference)(object)grain;
        _types[typeof(TGrain)] = (reference.GrainId.Type, reference.InterfaceType);
        return grain;
    }

    // Never beyond what is left of the call's own time.
    private TimeSpan DelayOf(int attempt, bool isRepeatable, TimeSpan left)
    {
        var delay = isRepeatable && _delays.Before(attempt + 1) is var late && late < left ? late : left;
        return delay > TimeSpan.Zero ? delay : TimeSpan.FromMilliseconds(1);
    }

    private async Task<TResult> AskAsync<TResult>(Task<TResult> call, TimeSpan delay, CancellationToken lost)
    {
        if (call.IsCompleted)
        {
            return await call;
        }

        try
        {
            return await call.WaitAsync(delay, time, lost);
        }
        catch (OperationCanceledException exception) when (lost.IsCancellationRequested)
        {
            throw new SiloUnavailableException("A silo was lost while the call was under way.", exception);
        }
    }

    private bool IsTransient(Exception exception, TimeSpan elapsed) => elapsed < CallTimeout && exception switch
    {
        TimeoutException or SiloUnavailableException or OrleansMessageRejectionException or ConnectionFailedException or ClientNotAvailableException or InconsistentStateException => true,
        StorageUnavailableException => redis is not null && elapsed < (redis.IsConnected ? StorageTimeout : ReconnectTimeout),
        _ => false,
    };

    // A random share of the delay, from one half to all of it.
    private static TimeSpan Jitter(TimeSpan delay) =>
        TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32((int)delay.TotalMilliseconds / 2, (int)delay.TotalMilliseconds + 1));

    [LoggerMessage(3010, LogLevel.Information, "A call to a grain is made again, for the {Attempt}. time, after {ExceptionType}")]
    private partial void LogRetry(int attempt, string? exceptionType);

    [LoggerMessage(3011, LogLevel.Warning, "A call to a grain failed with {ExceptionType}")]
    private partial void LogUnavailable(string? exceptionType);

    [LoggerMessage(3012, LogLevel.Debug, "The grain call's fault in full")]
    private partial void LogUnavailableDetail(Exception exception);

    [LoggerMessage(3013, LogLevel.Warning, "{Limit} calls to grains are under way: further ones are refused")]
    private partial void LogTooMany(int limit);

    [LoggerMessage(3014, LogLevel.Warning, "A silo does not know program {Program}, which this gateway's settings name (Otp:Programs): their settings differ")]
    private partial void LogUnknownProgram(string program);
}

/// <summary>The cluster could not carry out a call to a grain; whether it had an effect is unknown. Answered with 503.</summary>
internal sealed class GrainUnavailableException(Exception? fault = null) : Exception("The cluster could not carry out the call.", fault);
