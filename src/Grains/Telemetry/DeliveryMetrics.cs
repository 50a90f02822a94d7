using System.Diagnostics;
using System.Diagnostics.Metrics;
using Otp.Delivery;
using Otp.Targets;

namespace Otp.Telemetry;

/// <summary>Measures how long providers take, why they refuse, and what they report later.</summary>
internal static class DeliveryMetrics
{
    private static readonly Histogram<double> Duration = OtpTelemetry.Meter.CreateHistogram(
        "otp.delivery.duration",
        "s",
        "How long a provider took to take or refuse a message.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });

    private static readonly Counter<long> Receipts =
        OtpTelemetry.Meter.CreateCounter<long>("otp.delivery.receipts", "{receipt}", "Reports of providers that told something new of a message.");

    public static void CountReceipt(string program, MessageReport report)
    {
        var tags = new TagList { { OtpTags.Program, program }, { OtpTags.Provider, report.Provider }, { OtpTags.State, TagValues.Of(report.State) } };
        if (report.State == DeliveryState.Undelivered)
        {
            tags.Add(OtpTags.Reason, TagValues.Of(report.Reason));
        }

        Receipts.Add(1, tags);
    }

    /// <summary>Records one attempt, and puts on its span what it is measured by.</summary>
    public static void Record(Activity? span, string program, string provider, Channel channel, DeliveryResult result, TimeSpan elapsed)
    {
        var tags = new TagList { { OtpTags.Program, program }, { OtpTags.Provider, provider }, { OtpTags.Channel, TagValues.Of(channel) } };
        span?.SetTag(OtpTags.Provider, provider).SetTag(OtpTags.Channel, TagValues.Of(channel));
        if (!result.IsAccepted)
        {
            tags.Add(OtpTags.ErrorType, TagValues.Of(result.Failure));
        }

        // That a recipient cannot be reached is an answer, and nobody's error.
        if (result.Verdict is DeliveryVerdict.Refused or DeliveryVerdict.Unknown)
        {
            OtpTelemetry.Fail(span, TagValues.Of(result.Failure));
        }

        Duration.Record(elapsed.TotalSeconds, tags);
    }
}
