using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Orleans.Runtime.Messaging;
using Orleans.Storage;
using Otp.Faults;
using Otp.Hosting.Cluster.Membership;
using Otp.Hosting.Redis;
using Otp.Targets;

namespace Otp.Gateway.Http;

/// <summary>
/// The one way from a request to a grain. A call whose answer is late, or whose silo is lost, is made again, on whichever silo the grain is
/// then; its operation id makes sure that it has one effect. What outlasts that, and other faults of the cluster, become
/// <see cref="GrainUnavailableException"/>. Overload is not retried: over a bound of calls in flight, a call is refused at once.
/// </summary>
internal sealed partial class GrainCall : IDisposable
{
    private const int MaxCallsInFlight = 2_000;

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    // A storage that one silo cannot reach may be reached by the one that takes its place, which happens within this time …
    private static readonly TimeSpan StorageTimeout = TimeSpan.FromSeconds(4);

    // … unless this process cannot reach it either: then only a connection that was broken and is made again is waited for.
    private static readonly TimeSpan ReconnectTimeout = TimeSpan.FromSeconds(1);

    private readonly IGrainFactory _grains;
    private readonly SiloLoss _loss;
    private readonly RedisConnection? _redis;
    private readonly TimeProvider _time;
    private readonly ILogger<GrainCall> _logger;
    private readonly RetryDelays _delays = new();
    private readonly ulong _process = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
    private readonly ConcurrencyLimiter _inFlight = new(new() { PermitLimit = MaxCallsInFlight, QueueLimit = 0 });

    private long _calls;

    /// <summary>Makes the way.</summary>
    /// <param name="grains">Leads to grains.</param>
    /// <param name="loss">Says when a silo is lost.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where retries and faults are logged.</param>
    /// <param name="redis">The process' own way to Redis; null where records are in memory.</param>
    public GrainCall(IGrainFactory grains, SiloLoss loss, TimeProvider time, ILogger<GrainCall> logger, RedisConnection? redis = null) =>
        (_grains, _loss, _redis, _time, _logger) = (grains, loss, redis, time, logger);

    public void Dispose() => _inFlight.Dispose();

    /// <summary>Calls the grain with this key.</summary>
    /// <param name="key">The grain's key.</param>
    /// <param name="call">The call; made again with the same arguments, so it names its operation, or changes nothing.</param>
    /// <param name="isRepeatable">Whether a repeat gets the same answer. If not, it is made only when the first call is lost, not when it is late.</param>
    /// <param name="hangUp">Cancelled when the caller has gone: the call is not made again for nobody. What was begun is finished all the same.</param>
    /// <exception cref="GrainUnavailableException">The cluster could not carry out the call.</exception>
    public async Task<TResult> InvokeAsync<TGrain, TResult>(string key, Func<TGrain, Attempt, Task<TResult>> call, bool isRepeatable = true, CancellationToken hangUp = default)
        where TGrain : IGrainWithStringKey
    {
        using var permit = _inFlight.AttemptAcquire();
        if (!permit.IsAcquired)
        {
            LogTooMany(MaxCallsInFlight);
            throw new GrainUnavailableException();
        }

        var id = NewId();
        var start = _time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            var attemptStart = _time.GetTimestamp();
            var delay = DelayOf(attempt, isRepeatable, CallTimeout - _time.GetElapsedTime(start));
            try
            {
                var loss = _loss.Next;
                var result = await AskAsync(call(_grains.GetGrain<TGrain>(key), new Attempt(id, attempt)), delay, loss);
                _delays.Note(_time.GetElapsedTime(attemptStart));
                return result;
            }
            catch (Exception exception) when (IsTransient(exception, _time.GetElapsedTime(start)) && !hangUp.IsCancellationRequested)
            {
                LogRetry(attempt + 1, exception.GetType().FullName);
                if (exception is OrleansException)
                {
                    // Refused, not late: the cluster is asked again after a moment, and not by all callers at once.
                    await Task.Delay(Jitter(RetryDelays.AfterRefusal(attempt)), _time, CancellationToken.None);
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

    // Unique among gateways and calls; nobody gains by guessing it.
    private Guid NewId()
    {
        Span<byte> id = stackalloc byte[16];
        BitConverter.TryWriteBytes(id, _process);
        BitConverter.TryWriteBytes(id[8..], Interlocked.Increment(ref _calls));
        return new Guid(id);
    }

    // Never beyond what is left of the call's own time.
    private TimeSpan DelayOf(int attempt, bool isRepeatable, TimeSpan left)
    {
        var delay = isRepeatable && _delays.Before(attempt + 1) is var late && late < left ? late : left;
        return delay > TimeSpan.Zero ? delay : TimeSpan.FromMilliseconds(1);
    }

    private async Task<TResult> AskAsync<TResult>(Task<TResult> call, TimeSpan delay, CancellationToken loss)
    {
        if (call.IsCompleted)
        {
            return await call;
        }

        try
        {
            return await call.WaitAsync(delay, _time, loss);
        }
        catch (OperationCanceledException exception) when (loss.IsCancellationRequested)
        {
            throw new SiloUnavailableException("A silo was lost while the call was under way.", exception);
        }
    }

    private bool IsTransient(Exception exception, TimeSpan elapsed) => elapsed < CallTimeout && exception switch
    {
        TimeoutException or SiloUnavailableException or OrleansMessageRejectionException or ConnectionFailedException or ClientNotAvailableException or InconsistentStateException => true,
        StorageUnavailableException => _redis is not null && elapsed < (_redis.IsConnected ? StorageTimeout : ReconnectTimeout),
        _ => false,
    };

    // Between half of and the whole of it.
    private static TimeSpan Jitter(TimeSpan delay) =>
        TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32((int)delay.TotalMilliseconds / 2, (int)delay.TotalMilliseconds + 1));
}
