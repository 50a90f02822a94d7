namespace Otp.Statistics;

/// <summary>What one process has reported.</summary>
internal sealed class ProcessRecord(ProcessReport first)
{
    private readonly Dictionary<SeriesKey, BucketRing> _series = [];
    private ProcessReport _latest = first with { Series = [], Sequence = first.Sequence - 1 };

    public DateTimeOffset HeardAt { get; private set; }

    public DateTimeOffset StartedAt => _latest.Process.StartedAt;

    public IReadOnlyDictionary<SeriesKey, BucketRing> Series => _series;

    /// <summary>Takes a report, unless it is older than one that was taken.</summary>
    public void Take(ProcessReport report, DateTimeOffset now)
    {
        if (report.Sequence <= _latest.Sequence)
        {
            return;
        }

        _latest = report with { Series = [] };
        HeardAt = now;
        foreach (var series in report.Series)
        {
            if (!_series.TryGetValue(series.Key, out var ring))
            {
                _series.Add(series.Key, ring = new BucketRing());
            }

            ring.Replace(series);
        }
    }

    /// <summary>How it is doing.</summary>
    public ProcessState StateAt(DateTimeOffset now) => ProcessStatus.StateOf(_latest.IsStopping, now - HeardAt);

    /// <summary>What is known of it.</summary>
    /// <param name="now">The time.</param>
    /// <param name="first">The first bucket that counts.</param>
    public ProcessStatus StatusAt(DateTimeOffset now, int first)
    {
        var storage = new long[LatencyScale.Lanes];
        foreach (var (key, ring) in _series)
        {
            if (key.Measure == Measure.StorageCalls)
            {
                ring.AddTo(storage, LatencyScale.Lanes, first, StatisticsHour.Buckets);
            }
        }

        return new ProcessStatus(
            _latest.Process,
            StateAt(now),
            _latest.Load,
            HeardAt,
            LatencyScale.Count(storage),
            LatencyScale.Percentile(storage, 0.5),
            LatencyScale.Percentile(storage, 0.99));
    }
}
