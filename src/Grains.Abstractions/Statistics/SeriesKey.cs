namespace Otp.Statistics;

/// <summary>Names one series. A part that a measure does not have is empty.</summary>
/// <param name="Measure">What is counted.</param>
/// <param name="Scope">Program, provider or storage.</param>
/// <param name="Kind">Calling code or channel; operation of a storage.</param>
/// <param name="Outcome">How it ended: an outcome, the reason of a refusal, or a failure (empty for success).</param>
[GenerateSerializer, Immutable, Alias("otp.SeriesKey")]
public readonly record struct SeriesKey(
    [property: Id(0)] Measure Measure,
    [property: Id(1)] string Scope,
    [property: Id(2)] string Kind,
    [property: Id(3)] string Outcome)
{
    /// <summary>Stands for the parts of all series beyond those that a process keeps apart; no program can be called so.</summary>
    public const string Other = "(other)";

    /// <summary>How many numbers a bucket has: one count, or what <see cref="LatencyScale"/> says.</summary>
    public int Lanes => Measure is Measure.Deliveries or Measure.StorageCalls ? LatencyScale.Lanes : 1;
}
