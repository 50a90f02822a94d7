using System.Runtime.InteropServices;

namespace Otp.Statistics;

/// <summary>Keeps the latest report of each process and adds them up when asked.</summary>
[GrainType("statistics")]
[CollectionAgeLimit(Days = 1)]
public sealed class StatisticsGrain(TimeProvider time) : Grain, IStatisticsGrain
{
    private static readonly TimeSpan WatchedAfterRead = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, (ProcessReport Report, DateTimeOffset HeardAt)> _processes = new(StringComparer.Ordinal);
    private DateTimeOffset _readAt;

    public Task<bool> Report(ProcessReport report)
    {
        var now = time.GetUtcNow();

        // A report that was on its way for long does not undo that the process is stopping.
        var isStopping = report.IsStopping || (_processes.TryGetValue(report.Process.Id, out var known) && known.Report.IsStopping);
        _processes[report.Process.Id] = (report with { IsStopping = isStopping }, now);
        if (_processes.Count > StatisticsSnapshot.MaxProcesses)
        {
            _processes.Remove(_processes.MinBy(process => process.Value.HeardAt).Key);
        }

        return Task.FromResult(now - _readAt < WatchedAfterRead);
    }

    public Task<StatisticsSnapshot> Read()
    {
        var now = _readAt = time.GetUtcNow();
        foreach (var (id, (_, heardAt)) in _processes)
        {
            if (now - heardAt >= StatisticsSnapshot.ProcessRetention)
            {
                _processes.Remove(id);
            }
        }

        var minute = StatisticsHour.MinuteOf(now);
        return Task.FromResult(new StatisticsSnapshot(
            DateTimeOffset.UnixEpoch.AddMinutes(minute + 1 - StatisticsHour.Minutes),
            [.. AddUp(now, minute).Select(sum => new SeriesHistory(
                sum.Key, ImmutableCollectionsMarshal.AsImmutableArray(sum.Value.Minutes), sum.Value.LastMinute))],
            [.. _processes.Values.OrderBy(process => process.Report.Process.StartedAt).Select(process => StatusOf(process.Report, process.HeardAt, now))]));
    }

    private Dictionary<SeriesKey, (long[] Minutes, long LastMinute)> AddUp(DateTimeOffset now, int minute)
    {
        var sums = new Dictionary<SeriesKey, (long[] Minutes, long LastMinute)>();
        foreach (var (report, heardAt) in _processes.Values)
        {
            // What an old report calls the current minute is an earlier one now.
            var age = Math.Clamp(minute - report.Minute, 0, StatisticsHour.Minutes);
            var isRecent = now - heardAt < TimeSpan.FromMinutes(1);
            foreach (var series in report.Series)
            {
                ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, series.Key, out _);
                sum.Minutes ??= new long[StatisticsHour.Minutes];
                sum.LastMinute += isRecent ? series.LastMinute : 0;
                for (var i = age; i < StatisticsHour.Minutes; i++)
                {
                    sum.Minutes[i - age] += series.Minutes[i];
                }
            }
        }

        return sums;
    }

    private static ProcessStatus StatusOf(ProcessReport report, DateTimeOffset heardAt, DateTimeOffset now)
    {
        var storage = new long[LatencyScale.Ranges];
        foreach (var series in report.Series.Where(series => series.Key.Measure == Measure.StorageCalls))
        {
            storage[series.Key.Range] += series.Minutes.Sum();
        }

        return new ProcessStatus(
            report.Process,
            ProcessStatus.StateOf(report.IsStopping, now - heardAt),
            report.Load,
            heardAt,
            LatencyScale.Percentile(storage, 0.5),
            LatencyScale.Percentile(storage, 0.99));
    }
}
