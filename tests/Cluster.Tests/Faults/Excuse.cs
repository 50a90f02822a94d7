namespace Otp.Cluster.Faults;

/// <summary>What a fault excuses while it lasts.</summary>
[Flags]
internal enum Excuse
{
    None = 0,

    /// <summary>503: state cannot be reached. The time does not count as a stall.</summary>
    Unavailable = 1,

    /// <summary>Connections that break: a gateway is gone.</summary>
    LostConnection = 2,

    /// <summary>502: no provider can be reached.</summary>
    Undelivered = 4,
}
