namespace Otp.Redis;

/// <summary>Bounds waits, so that an event which never comes fails the test instead of hanging it.</summary>
internal static class SafetyTimeout
{
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(20);

    public static Task InTime(this Task task) => task.WaitAsync(Bound, TestContext.Current.CancellationToken);

    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Bound, TestContext.Current.CancellationToken);

    /// <summary>Repeats what fails until it succeeds.</summary>
    public static async Task<T> RetryAsync<T, TFault>(Func<Task<T>> attempt)
        where TFault : Exception
    {
        using var limit = new CancellationTokenSource(Bound);
        while (true)
        {
            try
            {
                return await attempt();
            }
            catch (TFault) when (!limit.IsCancellationRequested)
            {
                await Task.Delay(RetryDelay, TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }
}
