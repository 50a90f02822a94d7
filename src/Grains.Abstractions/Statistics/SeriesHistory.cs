using System.Collections.Immutable;

namespace Otp.Statistics;

/// <summary>One series of the whole cluster over the last hour.</summary>
/// <param name="Key">Which series.</param>
/// <param name="Minutes">The shown minutes, the current one last, <see cref="SeriesKey.Lanes"/> numbers each.</param>
/// <param name="LastMinute">The last six buckets together, <see cref="SeriesKey.Lanes"/> numbers.</param>
[GenerateSerializer, Immutable, Alias("otp.SeriesHistory")]
public sealed record SeriesHistory(
    [property: Id(0)] SeriesKey Key,
    [property: Id(1)] ImmutableArray<long> Minutes,
    [property: Id(2)] ImmutableArray<long> LastMinute);
