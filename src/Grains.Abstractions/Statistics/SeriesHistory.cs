using System.Collections.Immutable;

namespace Otp.Statistics;

/// <summary>One series over the last hour, of one process or of the whole cluster.</summary>
/// <param name="Minutes">The count of each of <see cref="StatisticsHour.Minutes"/> minutes, the current one last.</param>
/// <param name="LastMinute">The count of the last six buckets.</param>
[GenerateSerializer, Immutable, Alias("otp.SeriesHistory")]
public sealed record SeriesHistory(
    [property: Id(0)] SeriesKey Key,
    [property: Id(1)] ImmutableArray<long> Minutes,
    [property: Id(3)] long LastMinute);
