using System.Collections.Immutable;

namespace Otp.Statistics;

/// <summary>One series of this process: the buckets of the last hour, in memory of fixed size, counted without a lock.</summary>
internal sealed class Series(SeriesKey key)
{
    private readonly int _lanes = key.Lanes;
    private readonly long[] _cells = new long[StatisticsHour.Buckets * key.Lanes];
    private readonly int[] _buckets = new int[StatisticsHour.Buckets];
    private readonly Lock _turning = new();
    private long _changes;
    private long _acknowledged;

    /// <summary>How often it has been counted; a report that is acknowledged covers all up to when it was made.</summary>
    public long Changes => Volatile.Read(ref _changes);

    /// <summary>Whether there is something that no acknowledged report covers.</summary>
    public bool HasNews => Changes != _acknowledged;

    /// <summary>Counts.</summary>
    public void Add(int bucket, long count)
    {
        Interlocked.Add(ref _cells[CellOf(bucket)], count);
        Interlocked.Increment(ref _changes);
    }

    /// <summary>Counts a duration.</summary>
    public void AddDuration(int bucket, double seconds)
    {
        var microseconds = (long)(seconds * 1e6);
        var cell = CellOf(bucket);
        Interlocked.Add(ref _cells[cell], microseconds);
        Interlocked.Increment(ref _cells[cell + LatencyScale.LaneOf(microseconds)]);
        Interlocked.Increment(ref _changes);
    }

    /// <summary>Everything up to so many <see cref="Changes"/> is known where it should be.</summary>
    public void Acknowledge(long changes) => _acknowledged = changes;

    /// <summary>The buckets of a span that hold anything.</summary>
    public SeriesReport Read(int first, int last)
    {
        var buckets = ImmutableArray.CreateBuilder<int>();
        var values = ImmutableArray.CreateBuilder<long>();
        for (var bucket = first; bucket <= last; bucket++)
        {
            var slot = bucket % StatisticsHour.Buckets;
            if (Volatile.Read(ref _buckets[slot]) == bucket)
            {
                buckets.Add(bucket);
                values.AddRange(_cells.AsSpan(slot * _lanes, _lanes));
            }
        }

        return new SeriesReport(key, buckets.ToImmutable(), values.ToImmutable());
    }

    private int CellOf(int bucket)
    {
        var slot = bucket % StatisticsHour.Buckets;
        if (Volatile.Read(ref _buckets[slot]) != bucket)
        {
            Turn(slot, bucket);
        }

        return slot * _lanes;
    }

    // A place is taken again after an hour. A clock that is set back counts in the bucket that is there.
    private void Turn(int slot, int bucket)
    {
        lock (_turning)
        {
            if (_buckets[slot] < bucket)
            {
                _cells.AsSpan(slot * _lanes, _lanes).Clear();
                Volatile.Write(ref _buckets[slot], bucket);
            }
        }
    }
}
