namespace Otp.Statistics;

/// <summary>What a series counts or times; what its key's parts mean is said with each.</summary>
public enum Measure
{
    /// <summary>Sends, by program, calling code (or channel) and outcome.</summary>
    Sends = 0,

    /// <summary>Verifies, by program, calling code (or channel) and outcome.</summary>
    Verifies = 1,

    /// <summary>Requests refused by a limit on callers, by which.</summary>
    CallersRefused = 2,

    /// <summary>Deliveries, timed, by provider, channel and failure.</summary>
    Deliveries = 3,

    /// <summary>Round trips to storage, timed, by storage, operation and failure.</summary>
    StorageCalls = 4,
}
