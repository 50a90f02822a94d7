using Otp.Events;
using Otp.Fraud;

namespace Otp.Gateway.Admin;

/// <summary>What is remembered of a target; no secret is in it.</summary>
/// <param name="Channel">How the target is reached.</param>
/// <param name="Windows">Every limit on sends.</param>
/// <param name="Codes">The live codes, one a purpose.</param>
/// <param name="WrongGuesses">Consecutive wrong guesses, across codes.</param>
/// <param name="LockedUntil">When the lockout ends by itself; null where there is none.</param>
/// <param name="OpenSessions">How many sessions of its customer are open.</param>
/// <param name="Sends">What became of the messages of the last ten minutes, at most of eight sends and guesses.</param>
internal sealed record TargetReportAnswer(
    Channel Channel,
    ImmutableArray<WindowReport> Windows,
    ImmutableArray<CodeReport> Codes,
    int WrongGuesses,
    DateTimeOffset? LockedUntil,
    int OpenSessions,
    ImmutableArray<SendReport> Sends)
{
    public static TargetReportAnswer Of(Channel channel, TargetReport report) =>
        new(channel, report.Windows, report.Codes, report.WrongGuesses, report.LockedUntil, report.OpenSessions, report.Sends.IsDefault ? [] : report.Sends);
}

/// <summary>Whether there was a lockout to lift.</summary>
internal sealed record UnlockAnswer(bool WasLocked);

/// <summary>The events that the program's endpoint has not taken yet.</summary>
/// <param name="WaitingTargets">How many targets have events that are delivered now, or tried again later.</param>
/// <param name="WaitingSince">Since when the first of these targets waits; null if none does.</param>
/// <param name="ParkedEvents">How many events are parked: they are not tried any more.</param>
/// <param name="Parked">The oldest of them.</param>
internal sealed record EventsAnswer(int WaitingTargets, DateTimeOffset? WaitingSince, int ParkedEvents, ImmutableArray<ParkedEventAnswer> Parked)
{
    public static EventsAnswer Of(IReadOnlyCollection<EventOutboxReport> reports) => new(
        reports.Sum(static report => report.WaitingTargets),
        reports.Min(static report => report.WaitingSince),
        reports.Sum(static report => report.ParkedEvents),
        [
            .. reports.SelectMany(static report => report.Parked).OrderBy(static parked => parked.OccurredAt).Take(EventOutboxReport.MostParked)
                .Select(static parked => new ParkedEventAnswer(
                    parked.Id, EventTypes.NameOf(parked.Type), parked.OccurredAt, parked.ParkedAt, parked.Subject, parked.Failure)),
        ]);
}

/// <summary>A parked event.</summary>
/// <param name="Id">Its id, as in <c>webhook-id</c>.</param>
/// <param name="Type">What happened.</param>
/// <param name="OccurredAt">When.</param>
/// <param name="ParkedAt">When it was parked.</param>
/// <param name="Subject">The keyed hash of the target.</param>
/// <param name="Failure">The last answer's status, or why there was none.</param>
internal sealed record ParkedEventAnswer(string Id, string Type, DateTimeOffset OccurredAt, DateTimeOffset ParkedAt, string Subject, string Failure);

/// <summary>How many parked events are posted once more.</summary>
internal sealed record ReplayAnswer(int ParkedEvents);

/// <summary>The blocked prefixes of a program.</summary>
/// <param name="Prefixes">The latest first.</param>
internal sealed record BlockedPrefixesAnswer(ImmutableArray<BlockedPrefix> Prefixes);

/// <summary>What is counted of a prefix in the last hour.</summary>
/// <param name="Prefix">The prefix: a plus, the calling code, and further digits.</param>
/// <param name="Sends">Codes that were sent to it.</param>
/// <param name="Conversions">How many of them were verified.</param>
/// <param name="BlockedUntil">When the block ends by itself; null where there is none.</param>
internal sealed record PrefixAnswer(string Prefix, int Sends, int Conversions, DateTimeOffset? BlockedUntil)
{
    public static PrefixAnswer Of(string prefix, PrefixReport report) => new(prefix, report.Sends, report.Conversions, report.BlockedUntil);
}
