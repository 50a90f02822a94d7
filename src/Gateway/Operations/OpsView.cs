using Otp.Fraud;
using Otp.Statistics;

namespace Otp.Gateway.Operations;

/// <summary>The last hour's figures, as the page shows them.</summary>
/// <param name="Program">Whose sends, verifies and deliveries they are; null for all programs.</param>
/// <param name="FirstMinute">When the first minute of every series began.</param>
/// <param name="Sent">Codes sent.</param>
/// <param name="Verified">Codes verified.</param>
/// <param name="Refused">Sends and verifies that were refused.</param>
/// <param name="Refusals">The same by reason, and the whole service's refusals of callers.</param>
/// <param name="Conversions">By calling code, the most sent first.</param>
/// <param name="Providers">Deliveries by provider.</param>
/// <param name="Receipts">What providers have reported of messages.</param>
/// <param name="Events">Events out, of each program that has an endpoint.</param>
/// <param name="Guards">What the fraud guard blocks, of each program that has one.</param>
/// <param name="Storages">The whole service's round trips to the storage.</param>
/// <param name="Processes">The whole service's processes.</param>
internal sealed record OpsView(
    string? Program,
    DateTimeOffset FirstMinute,
    Counts Sent,
    Counts Verified,
    Counts Refused,
    IReadOnlyList<RefusalCount> Refusals,
    IReadOnlyList<Conversion> Conversions,
    IReadOnlyList<Timing> Providers,
    IReadOnlyList<ReceiptCount> Receipts,
    IReadOnlyList<EventStatus> Events,
    IReadOnlyList<GuardStatus> Guards,
    IReadOnlyList<Timing> Storages,
    ImmutableArray<ProcessStatus> Processes)
{
    /// <summary>
    /// The figures of one program, or of all: nobody sees another program's sends, verifies, events and blocked prefixes, nor which providers
    /// it uses.
    /// </summary>
    /// <param name="statistics">What was counted.</param>
    /// <param name="states">How programs are now, as far as it is known.</param>
    /// <param name="program">The program; null for all.</param>
    public static OpsView Of(StatisticsSnapshot statistics, IEnumerable<ProgramState> states, string? program)
    {
        var seenStates = states.Where(state => program is null || state.Program == program).ToList();
        var seen = statistics.Series.Where(series => IsSeen(series.Key, program)).ToLookup(series => series.Key.Measure);
        var sent = seen[Measure.Sends].Where(series => series.Key.Outcome == "sent").ToList();
        var verified = seen[Measure.Verifies].Where(series => series.Key.Outcome == "verified").ToList();
        var refused = seen[Measure.Sends].Concat(seen[Measure.Verifies])
            .Where(series => series.Key.Outcome is not ("sent" or "verified" or "replayed"))
            .ToList();
        return new OpsView(
            program,
            statistics.FirstMinute,
            Counts.Of(sent),
            Counts.Of(verified),
            Counts.Of(refused),
            RefusalsOf(refused.Concat(seen[Measure.CallersRefused])),
            ConversionsOf(sent.Concat(verified)),
            TimingsOf(seen[Measure.Deliveries]),
            ReceiptsOf(seen[Measure.Receipts]),
            EventsOf(seenStates, seen[Measure.Events].ToLookup(series => series.Key.Scope)),
            [.. seenStates.Where(state => state.Blocked is not null).Select(state => GuardStatus.Of(state.Program, state.Blocked!.Value))],
            TimingsOf(seen[Measure.StorageCalls]),
            statistics.Processes);
    }

    private static bool IsSeen(SeriesKey key, string? program) => program is null || key.Measure switch
    {
        Measure.Sends or Measure.Verifies or Measure.Events => key.Scope == program,
        Measure.Deliveries or Measure.Receipts => key.Program == program,
        Measure.CallersRefused or Measure.StorageCalls => true,
    };

    private static List<RefusalCount> RefusalsOf(IEnumerable<SeriesHistory> refused) =>
    [
        .. from series in refused
           group series by (series.Key.Measure, series.Key.Outcome) into reason
           let flow = Counts.Of(reason)
           where flow.Hour > 0
           orderby flow.Hour descending, reason.Key
           select new RefusalCount(reason.Key.Measure, reason.Key.Outcome, flow.Hour, flow.LastMinute),
    ];

    private static List<Conversion> ConversionsOf(IEnumerable<SeriesHistory> sentAndVerified) =>
    [
        .. from series in sentAndVerified
           group series by series.Key.Kind into prefix
           let both = prefix.ToLookup(series => series.Key.Measure)
           let conversion = new Conversion(prefix.Key, Counts.Of(both[Measure.Sends]).Hour, Counts.Of(both[Measure.Verifies]).Hour)
           where conversion.Sent + conversion.Verified > 0
           orderby conversion.Sent descending, conversion.Prefix
           select conversion,
    ];

    private static List<ReceiptCount> ReceiptsOf(IEnumerable<SeriesHistory> reported) =>
    [
        .. from series in reported
           group series by (series.Key.Scope, series.Key.Kind, series.Key.Outcome) into same
           let flow = Counts.Of(same)
           where flow.Hour > 0
           orderby same.Key
           select new ReceiptCount(same.Key.Scope, same.Key.Kind, same.Key.Outcome, flow.Hour, flow.LastMinute),
    ];

    private static List<EventStatus> EventsOf(IEnumerable<ProgramState> states, ILookup<string, SeriesHistory> counted) =>
    [
        .. from state in states
           where state.Events is not null
           let events = state.Events!
           let outcomes = counted[state.Program].ToLookup(series => series.Key.Outcome)
           select new EventStatus(
               state.Program,
               Counts.Of(outcomes["delivered"]).Hour,
               Counts.HoursOf(outcomes["failed"].GroupBy(series => series.Key.Kind, StringComparer.Ordinal)),
               Counts.Of(outcomes["dropped"]).Hour,
               events.WaitingTargets,
               events.WaitingSince,
               events.ParkedEvents),
    ];

    private static List<Timing> TimingsOf(IEnumerable<SeriesHistory> timed) =>
    [
        .. from series in timed
           group series by (series.Key.Scope, series.Key.Kind) into calls
           let timing = Timing.Of(calls.Key.Scope, calls.Key.Kind, calls)
           where timing.Succeeded > 0 || timing.Failures.Count > 0
           orderby calls.Key
           select timing,
    ];
}

/// <summary>How often something happened.</summary>
/// <param name="Hour">In the last hour.</param>
/// <param name="LastMinute">In the last minute.</param>
/// <param name="Minutes">In each minute of the hour, the current one last.</param>
internal sealed record Counts(long Hour, long LastMinute, IReadOnlyList<long> Minutes)
{
    public static Counts Of(IEnumerable<SeriesHistory> series)
    {
        var minutes = new long[StatisticsHour.Minutes];
        var lastMinute = 0L;
        foreach (var history in series)
        {
            lastMinute += history.LastMinute;
            for (var i = 0; i < minutes.Length; i++)
            {
                minutes[i] += history.Minutes[i];
            }
        }

        return new Counts(minutes.Sum(), lastMinute, minutes);
    }

    /// <summary>How often each of several things happened in the last hour; what did not is left out.</summary>
    public static Dictionary<string, long> HoursOf(IEnumerable<IGrouping<string, SeriesHistory>> things) =>
        things.Select(thing => KeyValuePair.Create(thing.Key, Of(thing).Hour)).Where(count => count.Value > 0).ToDictionary();
}

/// <summary>How often sends, verifies or callers were refused for one reason.</summary>
internal sealed record RefusalCount(Measure Measure, string Reason, long Hour, long LastMinute);

/// <summary>How often a provider reported one thing of messages.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="State">What became of them.</param>
/// <param name="Reason">Why they did not arrive; empty unless they did not.</param>
/// <param name="Hour">In the last hour.</param>
/// <param name="LastMinute">In the last minute.</param>
internal sealed record ReceiptCount(string Provider, string State, string Reason, long Hour, long LastMinute);

/// <summary>What becomes of a program's events.</summary>
/// <param name="Program">The program.</param>
/// <param name="Delivered">How many its endpoint has taken in the last hour.</param>
/// <param name="Failures">How many attempts failed in the last hour, by reason.</param>
/// <param name="Lost">How many were lost in the last hour, because too many wait or are parked.</param>
/// <param name="WaitingTargets">How many targets have events that wait now.</param>
/// <param name="WaitingSince">Since when the first of these targets waits; null if none does.</param>
/// <param name="Parked">How many events are parked now.</param>
internal sealed record EventStatus(
    string Program,
    long Delivered,
    IReadOnlyDictionary<string, long> Failures,
    long Lost,
    int WaitingTargets,
    DateTimeOffset? WaitingSince,
    int Parked);

/// <summary>What a program's fraud guard blocks now.</summary>
/// <param name="Program">The program.</param>
/// <param name="Blocked">How many prefixes.</param>
/// <param name="Latest">Those that were blocked last, the latest first, at most <see cref="MostShown"/>.</param>
internal sealed record GuardStatus(string Program, int Blocked, IReadOnlyList<BlockedPrefix> Latest)
{
    /// <summary>How many prefixes the page shows of a program.</summary>
    public const int MostShown = 20;

    public static GuardStatus Of(string program, ImmutableArray<BlockedPrefix> blocked) => new(program, blocked.Length, [.. blocked.Take(MostShown)]);
}

/// <summary>How many of the codes that were sent were verified, in the last hour.</summary>
/// <param name="Prefix">A country calling code, or <c>email</c>.</param>
/// <param name="Sent">Codes sent.</param>
/// <param name="Verified">Codes verified.</param>
internal sealed record Conversion(string Prefix, long Sent, long Verified);

/// <summary>How a provider or a storage did in the last hour. Latencies are in milliseconds, of what succeeded; null where nothing did.</summary>
/// <param name="Name">The provider's or the storage's name.</param>
/// <param name="Kind">The channel, or the operation on the storage.</param>
/// <param name="Succeeded">How often it succeeded.</param>
/// <param name="Failures">How often it failed, by reason.</param>
/// <param name="P50">The median.</param>
/// <param name="P95">The 95th percentile.</param>
/// <param name="P99">The 99th percentile.</param>
/// <param name="Minutes">The 95th percentile of each minute.</param>
internal sealed record Timing(
    string Name,
    string Kind,
    long Succeeded,
    IReadOnlyDictionary<string, long> Failures,
    double? P50,
    double? P95,
    double? P99,
    IReadOnlyList<double?> Minutes)
{
    /// <summary>Puts together what one provider or storage did, over all outcomes and ranges of durations.</summary>
    public static Timing Of(string name, string kind, IEnumerable<SeriesHistory> calls)
    {
        var outcomes = calls.ToLookup(series => series.Key.Outcome);
        var hour = new long[LatencyScale.Ranges];
        var minutes = Enumerable.Range(0, StatisticsHour.Minutes).Select(_ => new long[LatencyScale.Ranges]).ToArray();
        foreach (var series in outcomes[string.Empty])
        {
            for (var i = 0; i < minutes.Length; i++)
            {
                minutes[i][series.Key.Range] += series.Minutes[i];
                hour[series.Key.Range] += series.Minutes[i];
            }
        }

        return new Timing(
            name,
            kind,
            hour.Sum(),
            Counts.HoursOf(outcomes.Where(outcome => outcome.Key.Length > 0)),
            LatencyScale.Percentile(hour, 0.5),
            LatencyScale.Percentile(hour, 0.95),
            LatencyScale.Percentile(hour, 0.99),
            [.. minutes.Select(minute => LatencyScale.Percentile(minute, 0.95))]);
    }
}

/// <summary>Source-generated JSON of the figures.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(OpsView))]
internal sealed partial class OpsJson : JsonSerializerContext;
