using System.Runtime.InteropServices;

namespace Otp.Statistics;

/// <summary>Keeps each process' reports apart, so that one that comes twice counts once, and adds them up when asked.</summary>
[GrainType("statistics")]
[CollectionAgeLimit(Days = 1)]
public sealed class StatisticsGrain(TimeProvider time) : Grain, IStatisticsGrain
{
    private static readonly Comparer<SeriesKey> KeyOrder = Comparer<SeriesKey>.Create(static (a, b) =>
        a.Measure != b.Measure ? a.Measure.CompareTo(b.Measure)
        : string.CompareOrdinal(a.Scope, b.Scope) is var scope and not 0 ? scope
        : string.CompareOrdinal(a.Kind, b.Kind) is var kind and not 0 ? kind
        : string.CompareOrdinal(a.Outcome, b.Outcome));

    private readonly Dictionary<string, ProcessRecord> _processes = new(StringComparer.Ordinal);
    private StatisticsSnapshot? _snapshot;
    private (int Bucket, string States) _shown;

    // Later than any version of an earlier activation: they count up from their own beginning, far slower than time.
    private long _version;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _version = time.GetUtcNow().UtcTicks;
        return Task.CompletedTask;
    }

    public Task<bool> Report(ProcessReport report)
    {
        var now = time.GetUtcNow();
        if (!_processes.TryGetValue(report.Process.Id, out var record))
        {
            if (!report.IsWhole)
            {
                return Task.FromResult(false);
            }

            MakeRoom();
            _processes.Add(report.Process.Id, record = new ProcessRecord(report));
        }

        record.Take(report, now);
        _snapshot = null;
        return Task.FromResult(true);
    }

    public Task<StatisticsSnapshot?> Read(long version)
    {
        var now = time.GetUtcNow();
        Forget(now);
        var shown = (StatisticsHour.BucketOf(now), string.Join(' ', _processes.Values.Select(process => (int)process.StateAt(now))));
        if (_snapshot is null || _shown != shown)
        {
            _shown = shown;
            _snapshot = Take(now, ++_version);
        }

        return Task.FromResult(_snapshot.Version == version ? null : _snapshot);
    }

    private StatisticsSnapshot Take(DateTimeOffset now, long version)
    {
        var bucket = StatisticsHour.BucketOf(now);
        var first = ((bucket / StatisticsHour.BucketsPerMinute) + 1 - StatisticsHour.Minutes) * StatisticsHour.BucketsPerMinute;
        var sums = new SortedDictionary<SeriesKey, (long[] Minutes, long[] LastMinute)>(KeyOrder);
        foreach (var (key, ring) in _processes.Values.SelectMany(process => process.Series))
        {
            if (!sums.TryGetValue(key, out var sum))
            {
                sums.Add(key, sum = (new long[StatisticsHour.Minutes * key.Lanes], new long[key.Lanes]));
            }

            ring.AddTo(sum.Minutes, key.Lanes, first, StatisticsHour.BucketsPerMinute);
            ring.AddTo(sum.LastMinute, key.Lanes, bucket + 1 - StatisticsHour.BucketsPerMinute, StatisticsHour.BucketsPerMinute);
        }

        return new StatisticsSnapshot(
            version,
            StatisticsHour.StartOf(first),
            [.. sums.Select(sum => new SeriesHistory(
                sum.Key, ImmutableCollectionsMarshal.AsImmutableArray(sum.Value.Minutes), ImmutableCollectionsMarshal.AsImmutableArray(sum.Value.LastMinute)))],
            [.. _processes.Values.OrderBy(process => process.StartedAt).Select(process => process.StatusAt(now, first))]);
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (id, process) in _processes)
        {
            if (now - process.HeardAt >= StatisticsSnapshot.ForgottenAfter)
            {
                _processes.Remove(id);
            }
        }
    }

    private void MakeRoom()
    {
        if (_processes.Count == StatisticsSnapshot.MaxProcesses)
        {
            _processes.Remove(_processes.MinBy(process => process.Value.HeardAt).Key);
        }
    }
}
