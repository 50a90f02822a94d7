using System.Diagnostics.Metrics;
using Otp.Telemetry;

namespace Otp.Statistics;

/// <summary>How an instrument's measurements become series.</summary>
/// <param name="measure">What it counts or times.</param>
/// <param name="scope">The tag of <see cref="SeriesKey.Scope"/>; null for none.</param>
/// <param name="kind">The tag of <see cref="SeriesKey.Kind"/>; null for none.</param>
/// <param name="otherKind">The tag used where there is no <paramref name="kind"/>.</param>
/// <param name="outcome">The tag of <see cref="SeriesKey.Outcome"/>.</param>
internal sealed class CountedInstrument(Measure measure, string? scope, string? kind, string? otherKind, string outcome)
{
    private static readonly CountedInstrument Sends =
        new(Measure.Sends, OtpTags.Program, OtpTags.CallingCode, OtpTags.Channel, OtpTags.Outcome);

    private static readonly CountedInstrument Verifies =
        new(Measure.Verifies, OtpTags.Program, OtpTags.CallingCode, OtpTags.Channel, OtpTags.Outcome);

    private static readonly CountedInstrument CallersRefused = new(Measure.CallersRefused, null, null, null, OtpTags.Reason);
    private static readonly CountedInstrument Deliveries = new(Measure.Deliveries, OtpTags.Provider, OtpTags.Channel, null, OtpTags.ErrorType);

    private static readonly CountedInstrument StorageCalls =
        new(Measure.StorageCalls, OtpTags.Storage, OtpTags.StorageOperation, null, OtpTags.ErrorType);

    public Measure Measure => measure;

    /// <summary>What is done with an instrument's measurements; null if nothing.</summary>
    public static CountedInstrument? Of(Instrument instrument) => instrument.Meter.Name != OtpTelemetry.Name ? null : instrument.Name switch
    {
        "otp.sends" => Sends,
        "otp.verifies" => Verifies,
        "otp.callers.refused" => CallersRefused,
        "otp.delivery.duration" => Deliveries,
        "otp.storage.duration" => StorageCalls,
        _ => null,
    };

    /// <summary>Which series a measurement belongs to.</summary>
    public SeriesKey KeyOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var (scopeText, kindText, otherText, outcomeText) = (string.Empty, string.Empty, string.Empty, string.Empty);
        foreach (ref readonly var tag in tags)
        {
            var text = tag.Value as string ?? tag.Value?.ToString() ?? string.Empty;
            if (tag.Key == scope)
            {
                scopeText = text;
            }
            else if (tag.Key == kind)
            {
                kindText = text;
            }
            else if (tag.Key == otherKind)
            {
                otherText = text;
            }
            else if (tag.Key == outcome)
            {
                outcomeText = text;
            }
        }

        return new SeriesKey(measure, scopeText, kindText.Length == 0 ? otherText : kindText, outcomeText);
    }
}
