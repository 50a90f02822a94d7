namespace Otp.Gateway.Http;

/// <summary>
/// When an answer counts as late: after ten times the running median of recent answers. So a call to a silo that stands still is soon
/// retried while other silos answer quickly; and where all answers are slow (a slow provider, a busy machine), few calls are retried, at
/// growing delays.
/// </summary>
internal sealed class RetryDelays
{
    private const int LateFactor = 10;

    // Each answer moves the estimate one step towards its own time, so the estimate settles at the median.
    private const double Step = 1.02;

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestAfterRefusal = TimeSpan.FromMilliseconds(400);

    private double _median = TimeSpan.FromMilliseconds(5).Ticks;

    /// <summary>Takes note of how long an answer took. Two that come at once may be counted as one.</summary>
    public void Note(TimeSpan elapsed)
    {
        var median = Volatile.Read(ref _median);
        Volatile.Write(ref _median, elapsed.Ticks > median ? median * Step : median / Step);
    }

    /// <summary>How long the answer to an attempt is waited for before the next one is made.</summary>
    /// <param name="attempt">The attempt's number, from 1.</param>
    public TimeSpan Before(int attempt)
    {
        var late = TimeSpan.FromTicks(Math.Clamp((long)(Volatile.Read(ref _median) * LateFactor), Shortest.Ticks, Longest.Ticks));

        // 1, 2, 2, 2, 2, 4, 8 … times: steady while a silo may still be declared dead, then growing.
        return late * (attempt == 1 ? 1 : attempt <= 5 ? 2 : 1 << Math.Min(attempt - 4, 10));
    }

    /// <summary>How long to wait after the cluster refused a call.</summary>
    /// <param name="attempt">How many attempts came before, from 0.</param>
    public static TimeSpan AfterRefusal(int attempt) =>
        TimeSpan.FromMilliseconds(Math.Min(LongestAfterRefusal.TotalMilliseconds, 20 << Math.Min(attempt, 10)));
}
