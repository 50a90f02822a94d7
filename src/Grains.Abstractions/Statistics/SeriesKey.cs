using System.Collections.Immutable;

namespace Otp.Statistics;

/// <summary>What a series counts; each member says what the parts of its keys are.</summary>
public enum Measure
{
    /// <summary>Sends, by program, calling code (or channel) and outcome.</summary>
    Sends = 0,

    /// <summary>Verifies, by program, calling code (or channel) and outcome.</summary>
    Verifies = 1,

    /// <summary>Requests that a limit on callers refused, by limit.</summary>
    CallersRefused = 2,

    /// <summary>Deliveries, by provider, channel, failure, duration and program.</summary>
    Deliveries = 3,

    /// <summary>Round trips to the storage, by storage, operation, failure and duration.</summary>
    StorageCalls = 4,

    /// <summary>Reports of providers on messages, by provider, state, and the reason of what did not arrive.</summary>
    Receipts = 5,

    /// <summary>Events for programs' endpoints, by program, failure of an attempt, and outcome.</summary>
    Events = 6,
}

/// <summary>Names one series. A part that a measure does not have is empty.</summary>
/// <param name="Scope">Program, provider or storage.</param>
/// <param name="Kind">Calling code or channel; operation on a storage; state of a message; failure of an attempt.</param>
/// <param name="Outcome">How it ended: an outcome, the reason of a refusal, or a failure (empty for success).</param>
/// <param name="Range">How long it took: a range of <see cref="LatencyScale"/>; 0 where durations are not measured.</param>
/// <param name="Program">Whose it is, where <paramref name="Scope"/> is something else.</param>
[GenerateSerializer, Immutable, Alias("otp.SeriesKey")]
public readonly record struct SeriesKey(
    [property: Id(0)] Measure Measure,
    [property: Id(1)] string Scope,
    [property: Id(2)] string Kind,
    [property: Id(3)] string Outcome,
    [property: Id(4)] int Range = 0,
    [property: Id(5)] string Program = "")
{
    /// <summary>The scope and the kind of all series that a process does not keep apart; no program can have this name.</summary>
    public const string Other = "(other)";
}

/// <summary>One series over the last hour, of one process or of the whole cluster.</summary>
/// <param name="Minutes">The count of each of <see cref="StatisticsHour.Minutes"/> minutes, the current one last.</param>
/// <param name="LastMinute">The count of the last six buckets.</param>
[GenerateSerializer, Immutable, Alias("otp.SeriesHistory")]
public sealed record SeriesHistory(
    [property: Id(0)] SeriesKey Key,
    [property: Id(1)] ImmutableArray<long> Minutes,
    [property: Id(3)] long LastMinute);
