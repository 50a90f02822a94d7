using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Otp.Telemetry;

/// <summary>Measures how long the storage takes.</summary>
internal static class StorageMetrics
{
    private static readonly Histogram<double> Duration = OtpTelemetry.Meter.CreateHistogram(
        "otp.storage.duration",
        "s",
        "How long reading, writing or clearing a grain's record took.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
        });

    /// <summary>Whether anybody measures.</summary>
    public static bool IsEnabled => Duration.Enabled;

    /// <summary>Records one operation.</summary>
    public static void Record(string records, string operation, string? error, TimeSpan elapsed)
    {
        var tags = new TagList
        {
            { OtpTags.Storage, records },
            { OtpTags.StorageOperation, operation },
        };
        if (error is not null)
        {
            tags.Add(OtpTags.ErrorType, error);
        }

        Duration.Record(elapsed.TotalSeconds, tags);
    }
}
