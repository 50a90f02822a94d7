using System.Diagnostics.Metrics;

namespace Orleans.Runtime;

/// <summary>
/// Measures calls whose caller had to wait, as Orleans does: buckets that each count the calls up to their own duration and over the one
/// before, and the count and the milliseconds of all.
/// </summary>
internal sealed class RequestInstruments
{
    private static readonly long[] Bounds = [1, 2, 4, 6, 8, 10, 50, 100, 200, 400, 800, 1_000, 1_500, 2_000, 5_000, 10_000, 15_000];

    private static readonly KeyValuePair<string, object?>[] Durations =
        [.. Bounds.Append(long.MaxValue).Select(static bound => new KeyValuePair<string, object?>("duration", $"{bound}ms"))];

    private readonly long[] _buckets = new long[Bounds.Length + 1];
    private readonly Counter<long> _timedOut;
    private readonly ObservableCounter<long> _sum;
    private long _milliseconds;

    internal RequestInstruments(OrleansInstruments instruments)
    {
        var meter = instruments.Meter;
        _timedOut = meter.CreateCounter<long>(InstrumentNames.RequestsTimedOut);
        _sum = meter.CreateObservableCounter(InstrumentNames.RequestLatency + "-sum", () => Volatile.Read(ref _milliseconds));
        meter.CreateObservableCounter(InstrumentNames.RequestLatency + "-count", () => _buckets.Sum());
        meter.CreateObservableCounter(
            InstrumentNames.RequestLatency + "-bucket", () => _buckets.Select(static (count, i) => new Measurement<long>(count, Durations[i])));
    }

    /// <summary>Whether anybody measures.</summary>
    internal bool IsEnabled => _sum.Enabled;

    /// <summary>A call has ended.</summary>
    internal void OnEnded(TimeSpan latency)
    {
        var milliseconds = (long)latency.TotalMilliseconds;
        var bucket = Array.BinarySearch(Bounds, milliseconds);
        Interlocked.Increment(ref _buckets[bucket < 0 ? ~bucket : bucket]);
        Interlocked.Add(ref _milliseconds, milliseconds);
    }

    /// <summary>A call got no answer in time.</summary>
    internal void OnTimedOut() => _timedOut.Add(1);
}
