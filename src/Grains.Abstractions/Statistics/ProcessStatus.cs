namespace Otp.Statistics;

/// <summary>What is known of a process.</summary>
/// <param name="Process">Which it is.</param>
/// <param name="State">How it is doing.</param>
/// <param name="Load">What it used when it was last heard from.</param>
/// <param name="HeardAt">When that was.</param>
/// <param name="StorageCalls">Its round trips to storage in the last hour.</param>
/// <param name="StorageMedian">Their median in seconds; null where there were none.</param>
/// <param name="StorageP99">Their 99th percentile in seconds; null where there were none.</param>
[GenerateSerializer, Immutable, Alias("otp.ProcessStatus")]
public sealed record ProcessStatus(
    [property: Id(0)] ProcessIdentity Process,
    [property: Id(1)] ProcessState State,
    [property: Id(2)] ProcessLoad Load,
    [property: Id(3)] DateTimeOffset HeardAt,
    [property: Id(4)] long StorageCalls,
    [property: Id(5)] double? StorageMedian,
    [property: Id(6)] double? StorageP99)
{
    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(5);

    /// <summary>How a process is doing that has not been heard from for so long.</summary>
    public static ProcessState StateOf(bool isStopping, TimeSpan unheard) => (unheard < SilentAfter, isStopping) switch
    {
        (true, false) => ProcessState.Active,
        (true, true) => ProcessState.Stopping,
        (false, true) => ProcessState.Stopped,
        (false, false) => ProcessState.Silent,
    };
}
