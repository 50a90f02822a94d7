using System.Collections.Immutable;
using Otp.Delivery;

namespace Otp.Targets;

/// <summary>What is remembered of a target, without anything secret.</summary>
/// <param name="Windows">Every limit on sends that any purpose has.</param>
/// <param name="WrongGuesses">Consecutive wrong guesses, across codes.</param>
/// <param name="LockedUntil">When the lockout ends; null if there is none.</param>
/// <param name="OpenSessions">How many sessions of its customer are open.</param>
/// <param name="Sends">What became of the messages of the latest sends, the oldest first.</param>
[GenerateSerializer, Immutable, Alias("otp.TargetReport")]
public sealed record TargetReport(
    [property: Id(0)] ImmutableArray<WindowReport> Windows,
    [property: Id(1)] ImmutableArray<CodeReport> Codes,
    [property: Id(2)] int WrongGuesses,
    [property: Id(3)] DateTimeOffset? LockedUntil,
    [property: Id(4)] int OpenSessions,
    [property: Id(5)] ImmutableArray<SendReport> Sends);

/// <summary>The sends that one window counts now.</summary>
/// <param name="Window">Its name in the policy.</param>
/// <param name="Sent">Sends that it counts.</param>
/// <param name="OpensAt">When it allows the next send, if it allows none now.</param>
[GenerateSerializer, Immutable, Alias("otp.WindowReport")]
public sealed record WindowReport(
    [property: Id(0)] string Window,
    [property: Id(1)] int Limit,
    [property: Id(2)] TimeSpan Period,
    [property: Id(3)] int Sent,
    [property: Id(4)] DateTimeOffset? OpensAt);

/// <summary>One live code, without its digits.</summary>
/// <param name="ExpiresAt">The last instant at which it is accepted.</param>
/// <param name="AttemptsLeft">Guesses that are still compared with it.</param>
[GenerateSerializer, Immutable, Alias("otp.CodeReport")]
public sealed record CodeReport(
    [property: Id(0)] Purpose Purpose,
    [property: Id(1)] DateTimeOffset ExpiresAt,
    [property: Id(2)] int AttemptsLeft);

/// <summary>What became of the message of one send.</summary>
/// <param name="SentAt">When the send was decided.</param>
/// <param name="State">What is known of the message.</param>
/// <param name="Reason">Why it did not arrive; null unless it did not.</param>
/// <param name="Provider">The provider that said so; null where none has reported.</param>
[GenerateSerializer, Immutable, Alias("otp.SendReport")]
public sealed record SendReport(
    [property: Id(0)] DateTimeOffset SentAt,
    [property: Id(1)] DeliveryState State,
    [property: Id(2)] UndeliveredReason? Reason,
    [property: Id(3)] string? Provider);
