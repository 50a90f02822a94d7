using System.Runtime.InteropServices;

namespace Otp.Statistics;

/// <summary>One series of this process: the buckets of the last hour, in memory of fixed size.</summary>
internal sealed class Series(SeriesKey key)
{
    private readonly Lock _lock = new();
    private readonly (int Bucket, long Count)[] _slots = new (int, long)[StatisticsHour.Buckets];

    /// <summary>Counts. After the clock was set back, it counts in the bucket that is there.</summary>
    public void Add(int bucket, long count)
    {
        lock (_lock)
        {
            ref var slot = ref _slots[bucket % StatisticsHour.Buckets];
            slot = bucket > slot.Bucket ? (bucket, count) : (slot.Bucket, slot.Count + count);
        }
    }

    /// <summary>The hour that ends with a bucket.</summary>
    public SeriesHistory Read(int last)
    {
        var minutes = new long[StatisticsHour.Minutes];
        var lastMinute = 0L;
        lock (_lock)
        {
            foreach (var (bucket, count) in _slots)
            {
                var age = (last / StatisticsHour.BucketsPerMinute) - (bucket / StatisticsHour.BucketsPerMinute);
                if (age is >= 0 and < StatisticsHour.Minutes)
                {
                    minutes[^(age + 1)] += count;
                    lastMinute += last - bucket < StatisticsHour.BucketsPerMinute ? count : 0;
                }
            }
        }

        return new SeriesHistory(key, ImmutableCollectionsMarshal.AsImmutableArray(minutes), lastMinute);
    }
}
