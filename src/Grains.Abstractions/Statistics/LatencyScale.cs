using System.Numerics;

namespace Otp.Statistics;

/// <summary>
/// How durations are kept: their sum in microseconds, then how many fell into each of 20 ranges, the first up to 64 µs, each twice as
/// wide as the one before, the last without an end.
/// </summary>
public static class LatencyScale
{
    /// <summary>How many numbers are kept: the sum and the ranges.</summary>
    public const int Lanes = 1 + Ranges;

    private const int Ranges = 20;
    private const int FirstBits = 6;

    /// <summary>The lane that counts a duration.</summary>
    /// <param name="microseconds">The duration.</param>
    public static int LaneOf(long microseconds) =>
        1 + Math.Clamp(64 - BitOperations.LeadingZeroCount((ulong)Math.Max(0, microseconds - 1)) - FirstBits, 0, Ranges - 1);

    /// <summary>How many durations there are.</summary>
    public static long Count(ReadOnlySpan<long> lanes)
    {
        var count = 0L;
        foreach (var inRange in lanes[1..])
        {
            count += inRange;
        }

        return count;
    }

    /// <summary>A percentile in seconds, evenly interpolated in its range; null where there are no durations.</summary>
    /// <param name="lanes">The sum and the ranges.</param>
    /// <param name="share">Between 0 and 1.</param>
    public static double? Percentile(ReadOnlySpan<long> lanes, double share)
    {
        var wanted = Count(lanes) * share;
        if (wanted <= 0)
        {
            return null;
        }

        var range = 0;
        while (range < Ranges - 1 && wanted > lanes[1 + range])
        {
            wanted -= lanes[1 + range];
            range++;
        }

        var end = (double)(1L << (FirstBits + range));
        var start = range == 0 ? 0 : end / 2;
        return (start + ((end - start) * Math.Min(1, wanted / lanes[1 + range]))) / 1e6;
    }
}
