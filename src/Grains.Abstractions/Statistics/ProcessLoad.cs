namespace Otp.Statistics;

/// <summary>What a process uses.</summary>
/// <param name="Activations">Grains in memory; null where there is no silo.</param>
/// <param name="Cpu">Share of the machine's processors, 0 to 1, since the look before.</param>
/// <param name="WorkingSet">Memory in bytes.</param>
/// <param name="QueuedWork">Work that waits for a thread of the pool.</param>
[GenerateSerializer, Immutable, Alias("otp.ProcessLoad")]
public sealed record ProcessLoad(
    [property: Id(0)] long? Activations,
    [property: Id(1)] double Cpu,
    [property: Id(2)] long WorkingSet,
    [property: Id(3)] long QueuedWork);
