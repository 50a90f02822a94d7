using System.Collections.Immutable;

namespace Otp.Statistics;

/// <summary>The last hour of the whole cluster.</summary>
/// <param name="Version">Differs from that of any snapshot with another content.</param>
/// <param name="FirstMinute">When the first shown minute began.</param>
/// <param name="Series">All series, in the order of their keys.</param>
/// <param name="Processes">All processes, in the order of their start.</param>
[GenerateSerializer, Immutable, Alias("otp.StatisticsSnapshot")]
public sealed record StatisticsSnapshot(
    [property: Id(0)] long Version,
    [property: Id(1)] DateTimeOffset FirstMinute,
    [property: Id(2)] ImmutableArray<SeriesHistory> Series,
    [property: Id(3)] ImmutableArray<ProcessStatus> Processes)
{
    /// <summary>More than a cluster has; processes that crash on and on do not fill the memory.</summary>
    public const int MaxProcesses = 128;

    /// <summary>How long a process is shown that is not heard from.</summary>
    public static readonly TimeSpan ForgottenAfter = TimeSpan.FromHours(1);
}
