using System.Collections.Immutable;

namespace Otp.Statistics;

/// <summary>Buckets of one series of one process.</summary>
/// <param name="Key">Which series.</param>
/// <param name="Buckets">The buckets' numbers.</param>
/// <param name="Values">What each holds so far, <see cref="SeriesKey.Lanes"/> numbers a bucket.</param>
[GenerateSerializer, Immutable, Alias("otp.SeriesReport")]
public sealed record SeriesReport(
    [property: Id(0)] SeriesKey Key,
    [property: Id(1)] ImmutableArray<int> Buckets,
    [property: Id(2)] ImmutableArray<long> Values);
