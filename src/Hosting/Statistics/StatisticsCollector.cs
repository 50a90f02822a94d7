using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Otp.Statistics;

/// <summary>Listens to this process' own instruments and counts the last hour.</summary>
internal sealed class StatisticsCollector : IDisposable
{
    /// <summary>How many counters are kept apart; the next ones count together.</summary>
    public const int MaxCounters = 256;

    /// <summary>How many timed series are kept apart; the next ones count together.</summary>
    public const int MaxTimings = 32;

    // Outcomes are few; should somebody make many, they too count together.
    private const int MaxOthers = 64;

    private const string EngineMeter = "Microsoft.Orleans";
    private const string ActivationCount = "orleans-catalog-activations";

    private readonly ConcurrentDictionary<SeriesKey, Series> _series = new();
    private readonly Lock _adding = new();
    private readonly MeterListener _listener = new();
    private readonly TimeProvider _time;
    private int _counters;
    private int _timings;
    private int _others;
    private long? _activations;

    public StatisticsCollector(TimeProvider time)
    {
        _time = time;
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (CountedInstrument.Of(instrument) is { } counted)
            {
                listener.EnableMeasurementEvents(instrument, counted);
            }
            else if (instrument is { Name: ActivationCount, Meter.Name: EngineMeter })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, state) => Count(count, tags, state));
        _listener.SetMeasurementEventCallback<int>((_, count, tags, state) => Count(count, tags, state));
        _listener.SetMeasurementEventCallback<double>((_, seconds, tags, state) => Time(seconds, tags, state));
    }

    /// <summary>The series that have something new.</summary>
    public IEnumerable<KeyValuePair<SeriesKey, Series>> News => _series.Where(static series => series.Value.HasNews);

    /// <summary>All series.</summary>
    public IEnumerable<KeyValuePair<SeriesKey, Series>> All => _series;

    /// <summary>Begins to count.</summary>
    public void Start() => _listener.Start();

    /// <summary>How many grains are in memory; null where there is no silo.</summary>
    public long? CountActivations()
    {
        _activations = null;
        _listener.RecordObservableInstruments();
        return _activations;
    }

    public void Dispose() => _listener.Dispose();

    private void Count(long count, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (state is CountedInstrument counted)
        {
            Find(counted.KeyOf(tags)).Add(StatisticsHour.BucketOf(_time.GetUtcNow()), count);
        }
        else
        {
            _activations = (_activations ?? 0) + count;
        }
    }

    private void Time(double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (state is CountedInstrument counted)
        {
            Find(counted.KeyOf(tags)).AddDuration(StatisticsHour.BucketOf(_time.GetUtcNow()), seconds);
        }
    }

    private Series Find(SeriesKey key) => _series.TryGetValue(key, out var series) ? series : FindOther(key);

    private Series FindOther(SeriesKey key)
    {
        var isFull = key.Lanes == 1 ? Volatile.Read(ref _counters) >= MaxCounters : Volatile.Read(ref _timings) >= MaxTimings;
        if (!isFull)
        {
            return Add(key, ref key.Lanes == 1 ? ref _counters : ref _timings);
        }

        var other = key with { Scope = SeriesKey.Other, Kind = SeriesKey.Other };
        if (_series.TryGetValue(other, out var series))
        {
            return series;
        }

        return Volatile.Read(ref _others) < MaxOthers
            ? Add(other, ref _others)
            : Add(other with { Outcome = SeriesKey.Other }, ref _others);
    }

    private Series Add(SeriesKey key, ref int count)
    {
        lock (_adding)
        {
            if (!_series.TryGetValue(key, out var series))
            {
                _series[key] = series = new Series(key);
                count++;
            }

            return series;
        }
    }
}
