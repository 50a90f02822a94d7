namespace Orleans.Otp.Telemetry;

/// <summary>One operation on a storage while it is measured.</summary>
internal readonly struct StorageCall(string storage, string operation, TimeProvider time)
{
    public const string Read = "read";
    public const string Write = "write";
    public const string Clear = "clear";

    private const long NotMeasured = long.MinValue;

    private readonly long _start = StorageMetrics.IsEnabled ? time.GetTimestamp() : NotMeasured;

    /// <summary>Ends it.</summary>
    /// <param name="fault">What it failed with, if it did.</param>
    public void End(Exception? fault = null)
    {
        if (_start != NotMeasured)
        {
            StorageMetrics.Record(storage, operation, fault?.GetType().FullName, time.GetElapsedTime(_start));
        }
    }
}
