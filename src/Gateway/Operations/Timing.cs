using Otp.Statistics;

namespace Otp.Gateway.Operations;

/// <summary>How a provider or a storage did in the last hour. Latencies are in milliseconds, of what succeeded; null where nothing did.</summary>
/// <param name="Name">The provider's or the storage's name.</param>
/// <param name="Kind">The channel, or what was asked of the storage.</param>
/// <param name="Succeeded">How often it did.</param>
/// <param name="Failures">How often it did not, and why.</param>
/// <param name="P50">The median.</param>
/// <param name="P95">The 95th percentile.</param>
/// <param name="P99">The 99th percentile.</param>
/// <param name="Minutes">The 95th percentile of each minute.</param>
internal sealed record Timing(
    string Name,
    string Kind,
    long Succeeded,
    IReadOnlyList<Failure> Failures,
    double? P50,
    double? P95,
    double? P99,
    IReadOnlyList<double?> Minutes)
{
    /// <summary>Puts together what one provider or storage did, over all its outcomes.</summary>
    public static Timing Of(string name, string kind, IEnumerable<SeriesHistory> outcomes)
    {
        var failures = new List<Failure>();
        var minutes = new long[StatisticsHour.Minutes * LatencyScale.Lanes];
        foreach (var series in outcomes)
        {
            if (series.Key.Outcome.Length > 0)
            {
                Add(failures, series);
            }
            else
            {
                series.Minutes.CopyTo(minutes);
            }
        }

        var hour = Sum(minutes);
        return new Timing(
            name,
            kind,
            LatencyScale.Count(hour),
            failures,
            Milliseconds(hour, 0.5),
            Milliseconds(hour, 0.95),
            Milliseconds(hour, 0.99),
            [.. minutes.Chunk(LatencyScale.Lanes).Select(minute => Milliseconds(minute, 0.95))]);
    }

    private static void Add(List<Failure> failures, SeriesHistory series)
    {
        var count = LatencyScale.Count(Sum(series.Minutes.AsSpan()));
        if (count > 0)
        {
            failures.Add(new Failure(series.Key.Outcome, count));
        }
    }

    private static long[] Sum(ReadOnlySpan<long> minutes)
    {
        var sum = new long[LatencyScale.Lanes];
        for (var i = 0; i < minutes.Length; i++)
        {
            sum[i % sum.Length] += minutes[i];
        }

        return sum;
    }

    // Three digits: the ranges are no finer, and the stream stays small.
    private static double? Milliseconds(long[] lanes, double share) =>
        LatencyScale.Percentile(lanes, share) is { } seconds ? Math.Round(seconds * 1e3, seconds < 0.01 ? 2 : 0) : null;
}
