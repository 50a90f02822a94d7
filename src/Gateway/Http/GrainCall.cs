using Orleans.Runtime;

namespace Orleans.Otp.Gateway.Http;

/// <summary>
/// The one way from a request to a grain. Faults of the cluster (a time-out, a silo lost, storage down) become
/// <see cref="GrainUnavailableException"/>. The caller's hanging up does not cancel a call: what was begun is finished.
/// </summary>
internal sealed partial class GrainCall(ILogger<GrainCall> logger)
{
    public async Task<T> InvokeAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            LogUnavailable(exception.GetType().FullName);
            LogUnavailableDetail(exception);
            throw new GrainUnavailableException(exception);
        }
    }
}
