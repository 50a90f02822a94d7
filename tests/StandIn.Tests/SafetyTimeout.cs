namespace Orleans.StandIn;

/// <summary>Bounds the wait for something that is certain to happen, so that a failing test ends.</summary>
internal static class SafetyTimeout
{
    public static readonly TimeSpan Span = TimeSpan.FromSeconds(20);

    public static Task InTime(this Task task) => task.WaitAsync(Span);

    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Span);
}
