using Otp.Statistics;

namespace Otp.Gateway.Operations;

/// <summary>The last hour's figures, as the page shows them.</summary>
/// <param name="Program">Whose sends and verifies they are; null for all programs'.</param>
/// <param name="FirstMinute">When the first minute of every series began.</param>
/// <param name="Sent">Codes sent.</param>
/// <param name="Verified">Codes verified.</param>
/// <param name="Refused">Sends and verifies that were refused.</param>
/// <param name="Refusals">The same by reason, and the whole service's refusals of callers.</param>
/// <param name="Conversions">By calling code, the most sent first.</param>
/// <param name="Providers">The whole service's deliveries.</param>
/// <param name="Storages">The whole service's round trips to storage.</param>
/// <param name="Processes">The whole service's processes.</param>
internal sealed record OpsView(
    string? Program,
    DateTimeOffset FirstMinute,
    Flow Sent,
    Flow Verified,
    Flow Refused,
    IReadOnlyList<Refusal> Refusals,
    IReadOnlyList<Conversion> Conversions,
    IReadOnlyList<Timing> Providers,
    IReadOnlyList<Timing> Storages,
    IReadOnlyList<ProcessView> Processes)
{
    private const string SentOutcome = "sent";
    private const string VerifiedOutcome = "verified";
    private const string Replayed = "replayed";

    /// <summary>Makes the figures of one program, or of all: of sends and verifies, nobody sees another program's.</summary>
    public static OpsView Of(StatisticsSnapshot statistics, string? program)
    {
        var seen = statistics.Series.Where(series => IsSeen(series.Key, program)).ToLookup(series => series.Key.Measure);
        var sent = seen[Measure.Sends].Where(series => series.Key.Outcome == SentOutcome).ToList();
        var verified = seen[Measure.Verifies].Where(series => series.Key.Outcome == VerifiedOutcome).ToList();
        var refused = seen[Measure.Sends].Concat(seen[Measure.Verifies]).Where(series => IsRefusal(series.Key)).ToList();
        return new OpsView(
            program,
            statistics.FirstMinute,
            Flow.Of(sent),
            Flow.Of(verified),
            Flow.Of(refused),
            RefusalsOf(refused.Concat(seen[Measure.CallersRefused])),
            ConversionsOf(sent, verified),
            TimingsOf(seen[Measure.Deliveries]),
            TimingsOf(seen[Measure.StorageCalls]),
            [.. statistics.Processes.Select(ProcessView.Of)]);
    }

    private static bool IsSeen(SeriesKey key, string? program) =>
        key.Measure is not (Measure.Sends or Measure.Verifies) || program is null || key.Scope == program;

    private static bool IsRefusal(SeriesKey key) => key.Outcome is not (SentOutcome or VerifiedOutcome or Replayed);

    private static List<Refusal> RefusalsOf(IEnumerable<SeriesHistory> refused) =>
    [
        .. from series in refused
           group series by (series.Key.Measure, series.Key.Outcome) into reason
           let flow = Flow.Of(reason)
           where flow.Hour > 0
           orderby flow.Hour descending, reason.Key.Measure, reason.Key.Outcome
           select new Refusal(NameOf(reason.Key.Measure), reason.Key.Outcome, flow.Hour, flow.LastMinute),
    ];

    private static string NameOf(Measure measure) => measure switch
    {
        Measure.Sends => "send",
        Measure.Verifies => "verify",
        _ => "request",
    };

    private static List<Conversion> ConversionsOf(IEnumerable<SeriesHistory> sent, IEnumerable<SeriesHistory> verified) =>
    [
        .. from series in sent.Concat(verified)
           group series by series.Key.Kind into prefix
           let both = prefix.ToLookup(series => series.Key.Measure)
           let conversion = new Conversion(prefix.Key, Flow.Of(both[Measure.Sends]).Hour, Flow.Of(both[Measure.Verifies]).Hour)
           where conversion.Sent + conversion.Verified > 0
           orderby conversion.Sent descending, conversion.Prefix
           select conversion,
    ];

    private static List<Timing> TimingsOf(IEnumerable<SeriesHistory> timed) =>
    [
        .. timed
            .GroupBy(series => (series.Key.Scope, series.Key.Kind))
            .Select(calls => Timing.Of(calls.Key.Scope, calls.Key.Kind, calls))
            .Where(timing => timing.Succeeded > 0 || timing.Failures.Count > 0),
    ];
}
