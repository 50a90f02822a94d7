using System.Collections.Immutable;

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
