using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace Otp.Statistics;

/// <summary>Listens to this process's own instruments and counts the last hour.</summary>
internal sealed class StatisticsCollector : IDisposable
{
    /// <summary>How many series of a measure are kept apart, whatever the range of a duration; further ones are counted together, by outcome.</summary>
    public const int MaxSeries = 256;

    private readonly ConcurrentDictionary<SeriesKey, Series> _series = new();
    private readonly HashSet<SeriesKey> _keptApart = [];
    private readonly int[] _sizes = new int[Enum.GetValues<Measure>().Length];
    private readonly Lock _adding = new();
    private readonly MeterListener _listener = new();
    private readonly TimeProvider _time;
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
            else if (instrument is { Name: "orleans-catalog-activations", Meter.Name: "Microsoft.Orleans" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, state) => Count(count, tags, state as CountedInstrument));
        _listener.SetMeasurementEventCallback<int>((_, count, tags, state) => Count(count, tags, state as CountedInstrument));
        _listener.SetMeasurementEventCallback<double>((_, seconds, tags, state) => Add(((CountedInstrument)state!).KeyOf(tags, LatencyScale.RangeOf(seconds)), 1));
    }

    public void Start() => _listener.Start();

    /// <summary>All series in which something was counted in the last hour.</summary>
    public ImmutableArray<SeriesHistory> Read(DateTimeOffset now)
    {
        var bucket = StatisticsHour.BucketOf(now);
        return [.. _series.Values.Select(series => series.Read(bucket)).Where(history => history.Minutes.Any(count => count > 0))];
    }

    /// <summary>How many grains are in memory; null where there is no silo.</summary>
    public long? CountActivations()
    {
        _activations = null;
        _listener.RecordObservableInstruments();
        return _activations;
    }

    public void Dispose() => _listener.Dispose();

    private void Count(long count, ReadOnlySpan<KeyValuePair<string, object?>> tags, CountedInstrument? counted)
    {
        if (counted is not null)
        {
            Add(counted.KeyOf(tags), count);
        }
        else
        {
            _activations = (_activations ?? 0) + count;
        }
    }

    private void Add(SeriesKey key, long count) =>
        (_series.TryGetValue(key, out var series) ? series : FindOrAdd(key)).Add(StatisticsHour.BucketOf(_time.GetUtcNow()), count);

    private Series FindOrAdd(SeriesKey key)
    {
        lock (_adding)
        {
            var name = key with { Range = 0 };
            ref var size = ref _sizes[(int)key.Measure];
            if (size < MaxSeries && _keptApart.Add(name))
            {
                size++;
            }

            return _series.GetOrAdd(
                _keptApart.Contains(name) ? key : key with { Scope = SeriesKey.Other, Kind = SeriesKey.Other, Program = "" }, static added => new Series(added));
        }
    }
}
