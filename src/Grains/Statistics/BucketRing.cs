namespace Otp.Statistics;

/// <summary>What one process reported of one series: the latest of each bucket of the last hour.</summary>
internal sealed class BucketRing
{
    private readonly (int Bucket, long[]? Values)[] _slots = new (int, long[]?)[StatisticsHour.Buckets];

    /// <summary>Takes over a report's buckets.</summary>
    public void Replace(SeriesReport report)
    {
        var lanes = report.Key.Lanes;
        for (var i = 0; i < report.Buckets.Length; i++)
        {
            var bucket = report.Buckets[i];
            ref var slot = ref _slots[bucket % StatisticsHour.Buckets];
            if (bucket >= slot.Bucket)
            {
                slot = (bucket, report.Values.AsSpan(i * lanes, lanes).ToArray());
            }
        }
    }

    /// <summary>Adds the buckets of a span to its minutes.</summary>
    /// <param name="minutes">Where to add, lanes for each minute.</param>
    /// <param name="lanes">How many numbers a bucket has.</param>
    /// <param name="first">The first minute's first bucket.</param>
    /// <param name="perMinute">How many buckets go into one.</param>
    public void AddTo(Span<long> minutes, int lanes, int first, int perMinute)
    {
        foreach (var (bucket, values) in _slots)
        {
            var minute = (bucket - first) / perMinute;
            if (values is null || bucket < first || (minute + 1) * lanes > minutes.Length)
            {
                continue;
            }

            for (var lane = 0; lane < lanes; lane++)
            {
                minutes[(minute * lanes) + lane] += values[lane];
            }
        }
    }
}
