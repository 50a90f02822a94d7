using System.Collections.Immutable;

namespace Otp.Statistics;

/// <summary>What a process says of itself: the buckets that may have changed since the last report that was acknowledged.</summary>
/// <param name="Process">Whose report it is.</param>
/// <param name="Sequence">Grows with each report; one that arrives after a later one is out of date.</param>
/// <param name="IsStopping">Whether it has been told to stop.</param>
/// <param name="Load">What it uses.</param>
/// <param name="IsWhole">Whether it begins the whole hour; if that is long, the next reports go on with further series.</param>
/// <param name="Series">Its buckets, each replacing what was reported of it before.</param>
[GenerateSerializer, Immutable, Alias("otp.ProcessReport")]
public sealed record ProcessReport(
    [property: Id(0)] ProcessIdentity Process,
    [property: Id(1)] long Sequence,
    [property: Id(2)] bool IsStopping,
    [property: Id(3)] ProcessLoad Load,
    [property: Id(4)] bool IsWhole,
    [property: Id(5)] ImmutableArray<SeriesReport> Series)
{
    /// <summary>
    /// How many series go into one report: an hour of one takes 32 KiB at the most (360 buckets of 21 numbers below 2^20), and a message may
    /// take 1 MiB.
    /// </summary>
    public const int MaxSeries = 24;
}
