using System.Diagnostics;

namespace Otp.Telemetry;

/// <summary>One operation on a storage while it is measured and traced.</summary>
internal readonly struct StorageCall
{
    public const string Read = "read";
    public const string Write = "write";
    public const string Clear = "clear";

    private const long NotMeasured = long.MinValue;

    private readonly string _storage;
    private readonly string _operation;
    private readonly TimeProvider _time;
    private readonly Activity? _span;
    private readonly long _start;

    /// <summary>Begins it.</summary>
    /// <param name="storage">The storage's name.</param>
    /// <param name="operation">What is done there.</param>
    /// <param name="system">What the storage is, if that matters.</param>
    /// <param name="time">The clock.</param>
    public StorageCall(string storage, string operation, string? system, TimeProvider time)
    {
        (_storage, _operation, _time) = (storage, operation, time);
        _start = StorageMetrics.IsEnabled ? time.GetTimestamp() : NotMeasured;
        _span = OtpTelemetry.StartCall(operation, storage)?
            .SetTag("db.system.name", system)
            .SetTag("db.namespace", storage)
            .SetTag("db.operation.name", operation);
    }

    /// <summary>Ends it.</summary>
    /// <param name="fault">What it failed with, if it did.</param>
    public void End(Exception? fault = null)
    {
        var error = fault?.GetType().FullName;
        if (_start != NotMeasured)
        {
            StorageMetrics.Record(_storage, _operation, error, _time.GetElapsedTime(_start));
        }

        if (error is not null)
        {
            OtpTelemetry.Fail(_span, error);
        }

        _span?.Dispose();
    }
}
