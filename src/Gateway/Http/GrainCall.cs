using System.Security.Cryptography;
using Orleans.Storage;

namespace Otp.Gateway.Http;

/// <summary>
/// The one way from a request to a grain. When the silo dies, the grain moves or the cluster refuses for overload, the same call is made
/// again, on whichever silo the grain is then: its operation id makes sure that it has one effect. Other faults of the cluster (a
/// time-out, storage down, a silo that has not yet read of a program or key that another process knows) and those that outlast the
/// patience become <see cref="GrainUnavailableException"/>. The caller's hanging up does not cancel a call: what was begun is finished.
/// </summary>
internal sealed partial class GrainCall(IGrainFactory grains, TimeProvider time, ILogger<GrainCall> logger)
{
    private const int FirstDelayMilliseconds = 20;
    private const int LongestDelayMilliseconds = 400;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Calls the grain with this key.</summary>
    /// <exception cref="GrainUnavailableException">The cluster could not carry out the call.</exception>
    public async Task<TResult> InvokeAsync<TGrain, TResult>(string key, Func<TGrain, Task<TResult>> call)
        where TGrain : IGrainWithStringKey
    {
        var start = time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await call(grains.GetGrain<TGrain>(key));
            }
            catch (Exception exception) when (IsTransient(exception) && time.GetElapsedTime(start) < Patience)
            {
                LogRetry(attempt + 1, exception.GetType().FullName);
            }
            catch (Exception exception) when (exception is TimeoutException or OrleansException or KeyNotFoundException)
            {
                LogUnavailable(exception.GetType().FullName);
                LogUnavailableDetail(exception);
                throw new GrainUnavailableException(exception);
            }

            await Task.Delay(DelayBefore(attempt + 1), time);
        }
    }

    /// <inheritdoc cref="InvokeAsync{TGrain, TResult}"/>
    public Task InvokeAsync<TGrain>(string key, Func<TGrain, Task> call)
        where TGrain : IGrainWithStringKey =>
        InvokeAsync<TGrain, bool>(key, async grain =>
        {
            await call(grain);
            return true;
        });

    private static bool IsTransient(Exception exception) =>
        exception is OrleansMessageRejectionException or GatewayTooBusyException or InconsistentStateException;

    // Between half of and the whole of a delay that doubles: callers of one dead silo do not come back all at once.
    private static TimeSpan DelayBefore(int attempt)
    {
        var most = Math.Min(LongestDelayMilliseconds, FirstDelayMilliseconds << Math.Min(attempt - 1, 10));
        return TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(most / 2, most + 1));
    }
}
