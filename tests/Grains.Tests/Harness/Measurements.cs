using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Otp.Telemetry;

namespace Otp.Grains.Tests.Harness;

/// <summary>What the service's meter measured since this was made, whoever caused it: a test looks for tags of its own.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Instrument, double Value, Dictionary<string, object?> Tags)> _all = new();

    public Measurements()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == OtpTelemetry.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The tags of each measurement of an instrument that has one tag, but without that tag, as text.</summary>
    public IReadOnlyList<string> Of(string instrument, string tag, string value) =>
    [
        .. _all.Where(m => m.Instrument == instrument && Equals(m.Tags.GetValueOrDefault(tag), value))
            .Select(m => string.Join(' ', m.Tags.Where(t => t.Key != tag).OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key}={t.Value}"))),
    ];

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _all.Enqueue((instrument.Name, value, new Dictionary<string, object?>(tags.ToArray())));
}
