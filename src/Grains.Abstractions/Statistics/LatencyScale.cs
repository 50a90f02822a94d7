using System.Numerics;

namespace Otp.Statistics;

/// <summary>The ranges that durations are counted in: range r is from 2^r to 2^(r+1) microseconds; the last one has no end.</summary>
public static class LatencyScale
{
    /// <summary>How many ranges there are; the last one begins at 34 s.</summary>
    public const int Ranges = 26;

    /// <summary>The range of a duration.</summary>
    public static int RangeOf(double seconds) => BitOperations.Log2((uint)Math.Clamp(seconds * 1e6, 1, 1 << (Ranges - 1)));

    /// <summary>A percentile in milliseconds, interpolated in its range; null where there are no durations.</summary>
    /// <param name="counts">How many durations are in each range.</param>
    /// <param name="share">Which percentile, between 0 and 1.</param>
    public static double? Percentile(long[] counts, double share)
    {
        var rank = counts.Sum() * share;
        for (var range = 0; range < counts.Length; range++)
        {
            if (counts[range] > 0 && rank <= counts[range])
            {
                return Math.Round((1L << range) * (1 + (rank / counts[range])) / 1e3, 2);
            }

            rank -= counts[range];
        }

        return null;
    }
}
