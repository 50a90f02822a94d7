namespace Orleans.Runtime;

/// <summary>The protocol's constants. A frame is its length (four bytes, the lowest first), its kind, and what the kind says.</summary>
internal static class Wire
{
    /// <summary>Changes when an older process could not understand a newer one.</summary>
    internal const byte Version = 1;

    /// <summary>The longest frame, its length not counted.</summary>
    internal const int MaxFrame = 1024 * 1024;

    /// <summary>The longest frame from somebody who has not proved to belong to the cluster.</summary>
    internal const int MaxHandshakeFrame = 1024;

    /// <summary>How many bytes may wait to be sent on one connection.</summary>
    internal const int MaxUnsent = 8 * 1024 * 1024;

    /// <summary>How many calls of one process may wait for answers on a connection, or for a way.</summary>
    internal const int MaxWaitingCalls = 10_000;

    /// <summary>How many connections a process holds to each silo; calls to one grain always go the same.</summary>
    internal const int Lanes = 2;

    internal static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(5);

    internal static readonly TimeSpan HeartbeatPeriod = TimeSpan.FromMilliseconds(500);

    /// <summary>After how many periods without a byte a silo is taken for lost by those who call it.</summary>
    internal const int MaxSilentPeriodsOfSilo = 4;

    /// <summary>The same for a caller: nobody waits for it, so it is given more time.</summary>
    internal const int MaxSilentPeriodsOfCaller = 10;
}
