using System.Diagnostics;

namespace Otp.Telemetry;

/// <summary>One operation on the storage while it is measured and traced.</summary>
internal readonly struct StorageCall
{
    public const string Read = "read";
    public const string Write = "write";
    public const string Clear = "clear";

    private const long NotMeasured = long.MinValue;

    private readonly string _records;
    private readonly string _operation;
    private readonly TimeProvider _time;
    private readonly Activity? _span;
    private readonly long _start;

    /// <summary>Begins it.</summary>
    /// <param name="records">Whose record it is about: a type of grains.</param>
    /// <param name="operation">What is done there.</param>
    /// <param name="system">What the storage is, if that matters.</param>
    /// <param name="time">The clock.</param>
    public StorageCall(string records, string operation, string? system, TimeProvider time)
    {
        (_records, _operation, _time) = (records, operation, time);
        _start = StorageMetrics.IsEnabled ? time.GetTimestamp() : NotMeasured;
        _span = OtpTelemetry.StartCall(operation, records)?
            .SetTag("db.system.name", system)
            .SetTag("db.namespace", records)
            .SetTag("db.operation.name", operation);
    }

    /// <summary>Ends it.</summary>
    /// <param name="fault">What it failed with, if it did.</param>
    public void End(Exception? fault = null)
    {
        var error = fault?.GetType().FullName;
        if (_start != NotMeasured)
        {
            StorageMetrics.Record(_records, _operation, error, _time.GetElapsedTime(_start));
        }

        if (error is not null)
        {
            OtpTelemetry.Fail(_span, error);
        }

        _span?.Dispose();
    }
}
