namespace Otp.OrleansAssumptions;

/// <summary>Bounds every wait of a test for an event, so that an event that never comes fails the test instead of hanging it.</summary>
internal static class SafetyTimeout
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    public static Task InTime(this Task task) => task.WaitAsync(Bound, TestContext.Current.CancellationToken);

    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Bound, TestContext.Current.CancellationToken);
}
