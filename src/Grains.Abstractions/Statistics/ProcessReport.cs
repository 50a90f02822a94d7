using System.Collections.Immutable;

namespace Otp.Statistics;

/// <summary>What a process says of itself: its whole last hour, so that a report needs none before it and may be lost.</summary>
/// <param name="IsStopping">Whether it has been told to stop.</param>
/// <param name="Minute">The number of the last minute of <paramref name="Series"/>.</param>
[GenerateSerializer, Immutable, Alias("otp.ProcessReport")]
public sealed record ProcessReport(
    [property: Id(0)] ProcessIdentity Process,
    [property: Id(2)] bool IsStopping,
    [property: Id(3)] ProcessLoad Load,
    [property: Id(6)] int Minute,
    [property: Id(7)] ImmutableArray<SeriesHistory> Series);

/// <summary>Which process it is.</summary>
/// <param name="Id">A random name for this one run.</param>
/// <param name="Host">The machine and the process's number on it.</param>
/// <param name="Silo">The silo's address; null where there is none.</param>
/// <param name="StartedAt">When it began to count.</param>
[GenerateSerializer, Immutable, Alias("otp.ProcessIdentity")]
public sealed record ProcessIdentity(
    [property: Id(0)] string Id,
    [property: Id(1)] string Host,
    [property: Id(2)] string? Silo,
    [property: Id(3)] ProcessRole Role,
    [property: Id(4)] DateTimeOffset StartedAt);

/// <summary>What a process is.</summary>
public enum ProcessRole
{
    Silo = 0,
    Gateway = 1,

    /// <summary>A gateway that hosts a silo too.</summary>
    Combined = 2,
}

/// <summary>What a process uses.</summary>
/// <param name="Activations">Grains in memory; null where there is no silo.</param>
/// <param name="Cpu">Share of the machine's processors over the last seconds, 0 to 1.</param>
/// <param name="WorkingSet">Memory in bytes.</param>
/// <param name="QueuedWork">Work items that wait for a thread of the pool.</param>
[GenerateSerializer, Immutable, Alias("otp.ProcessLoad")]
public sealed record ProcessLoad(
    [property: Id(0)] long? Activations,
    [property: Id(1)] double Cpu,
    [property: Id(2)] long WorkingSet,
    [property: Id(3)] long QueuedWork);
