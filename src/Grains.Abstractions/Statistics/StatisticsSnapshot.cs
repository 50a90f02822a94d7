using System.Collections.Immutable;

namespace Otp.Statistics;

/// <summary>The last hour of the whole cluster.</summary>
/// <param name="FirstMinute">When the first minute of every series began.</param>
/// <param name="Processes">All processes, in the order of their start.</param>
[GenerateSerializer, Immutable, Alias("otp.StatisticsSnapshot")]
public sealed record StatisticsSnapshot(
    [property: Id(1)] DateTimeOffset FirstMinute,
    [property: Id(2)] ImmutableArray<SeriesHistory> Series,
    [property: Id(3)] ImmutableArray<ProcessStatus> Processes)
{
    /// <summary>More processes than a cluster has; further ones displace those that were heard from the longest ago.</summary>
    public const int MaxProcesses = 128;

    /// <summary>How long a process is shown after it was last heard from.</summary>
    public static readonly TimeSpan ProcessRetention = TimeSpan.FromHours(1);
}

/// <summary>What is known of a process.</summary>
/// <param name="Load">What it used when it was last heard from.</param>
/// <param name="StorageP50">The median of its round trips to the storage in the last hour, in milliseconds; null where there were none.</param>
/// <param name="StorageP99">Their 99th percentile, in milliseconds.</param>
[GenerateSerializer, Immutable, Alias("otp.ProcessStatus")]
public sealed record ProcessStatus(
    [property: Id(0)] ProcessIdentity Process,
    [property: Id(1)] ProcessState State,
    [property: Id(2)] ProcessLoad Load,
    [property: Id(3)] DateTimeOffset HeardAt,
    [property: Id(7)] double? StorageP50,
    [property: Id(8)] double? StorageP99)
{
    private static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(5);

    /// <summary>The state of a process by its last word and the time since.</summary>
    public static ProcessState StateOf(bool isStopping, TimeSpan sinceHeard) => (sinceHeard < SilentAfter, isStopping) switch
    {
        (true, false) => ProcessState.Active,
        (true, true) => ProcessState.Stopping,
        (false, true) => ProcessState.Stopped,
        (false, false) => ProcessState.Silent,
    };
}

/// <summary>How a process is doing.</summary>
public enum ProcessState
{
    Active = 0,

    /// <summary>It has been told to stop.</summary>
    Stopping = 1,

    /// <summary>It has stopped as it was told to.</summary>
    Stopped = 2,

    /// <summary>It has not been heard from, and did not say that it would stop.</summary>
    Silent = 3,
}
