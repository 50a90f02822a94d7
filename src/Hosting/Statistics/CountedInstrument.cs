using System.Diagnostics.Metrics;
using Otp.Telemetry;

namespace Otp.Statistics;

/// <summary>How an instrument's measurements become series.</summary>
/// <param name="Measure">What it counts or times.</param>
/// <param name="Scope">The tag of <see cref="SeriesKey.Scope"/>; null for none.</param>
/// <param name="Kind">The tag of <see cref="SeriesKey.Kind"/>; the channel is used where a measurement does not have it.</param>
/// <param name="Outcome">The tag of <see cref="SeriesKey.Outcome"/>.</param>
/// <param name="Program">The tag of <see cref="SeriesKey.Program"/>; null for none.</param>
internal sealed record CountedInstrument(Measure Measure, string? Scope, string? Kind, string Outcome, string? Program = null)
{
    /// <summary>What is done with an instrument's measurements; null if nothing.</summary>
    public static CountedInstrument? Of(Instrument instrument) => instrument.Meter.Name != OtpTelemetry.Name ? null : instrument.Name switch
    {
        "otp.sends" => new(Measure.Sends, OtpTags.Program, OtpTags.CallingCode, OtpTags.Outcome),
        "otp.verifies" => new(Measure.Verifies, OtpTags.Program, OtpTags.CallingCode, OtpTags.Outcome),
        "otp.callers.refused" => new(Measure.CallersRefused, null, null, OtpTags.Reason),
        "otp.delivery.duration" => new(Measure.Deliveries, OtpTags.Provider, OtpTags.Channel, OtpTags.ErrorType, OtpTags.Program),
        "otp.delivery.receipts" => new(Measure.Receipts, OtpTags.Provider, OtpTags.State, OtpTags.Reason, OtpTags.Program),
        "otp.storage.duration" => new(Measure.StorageCalls, OtpTags.Storage, OtpTags.StorageOperation, OtpTags.ErrorType),
        "otp.events" => new(Measure.Events, OtpTags.Program, OtpTags.ErrorType, OtpTags.Outcome),
        _ => null,
    };

    /// <summary>Which series a measurement belongs to.</summary>
    public SeriesKey KeyOf(ReadOnlySpan<KeyValuePair<string, object?>> tags, int range = 0) => new(
        Measure,
        Text(tags, Scope),
        Text(tags, Kind) is { Length: > 0 } kind ? kind : Text(tags, OtpTags.Channel),
        Text(tags, Outcome),
        range,
        Text(tags, Program));

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags, string? name)
    {
        foreach (ref readonly var tag in tags)
        {
            if (tag.Key == name)
            {
                return tag.Value?.ToString() ?? string.Empty;
            }
        }

        return string.Empty;
    }
}
