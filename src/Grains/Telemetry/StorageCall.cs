using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Otp.Telemetry;

/// <summary>One operation on the storage while it is measured and traced.</summary>
/// <param name="records">Whose record it is about: a type of grains.</param>
/// <param name="system">What the storage is, if that matters.</param>
internal readonly struct StorageCall(string records, string operation, string? system, TimeProvider time)
{
    public const string Read = "read";
    public const string Write = "write";
    public const string Clear = "clear";

    private static readonly Histogram<double> Duration = OtpTelemetry.Meter.CreateHistogram(
        "otp.storage.duration",
        "s",
        "How long reading, writing or clearing a grain's record took.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
        });

    private readonly long _start = time.GetTimestamp();
    private readonly Activity? _span = OtpTelemetry.StartCall(operation, records)?
        .SetTag("db.system.name", system)
        .SetTag("db.namespace", records)
        .SetTag("db.operation.name", operation);

    /// <summary>Ends it.</summary>
    /// <param name="fault">What it failed with, if it did.</param>
    public void End(Exception? fault = null)
    {
        var tags = new TagList { { OtpTags.Storage, records }, { OtpTags.StorageOperation, operation } };
        if (fault is not null)
        {
            tags.Add(OtpTags.ErrorType, fault.GetType().FullName);
            OtpTelemetry.Fail(_span, fault.GetType().FullName);
        }

        Duration.Record(time.GetElapsedTime(_start).TotalSeconds, tags);
        _span?.Dispose();
    }
}
