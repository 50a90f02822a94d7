namespace Otp.Statistics;

/// <summary>Which process it is.</summary>
/// <param name="Id">A random name for this one run.</param>
/// <param name="Host">The machine and the process' number on it.</param>
/// <param name="Silo">The silo's address; null where there is none.</param>
/// <param name="Role">What it is.</param>
/// <param name="StartedAt">When it began to count.</param>
[GenerateSerializer, Immutable, Alias("otp.ProcessIdentity")]
public sealed record ProcessIdentity(
    [property: Id(0)] string Id,
    [property: Id(1)] string Host,
    [property: Id(2)] string? Silo,
    [property: Id(3)] ProcessRole Role,
    [property: Id(4)] DateTimeOffset StartedAt);
