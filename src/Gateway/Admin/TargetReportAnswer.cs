using System.Collections.Immutable;
using Otp.Targets;

namespace Otp.Gateway.Admin;

/// <summary>What is remembered of a target; no secret is in it.</summary>
/// <param name="Channel">How the target is reached.</param>
/// <param name="Windows">Every limit on sends.</param>
/// <param name="Codes">The live codes, one a purpose.</param>
/// <param name="WrongGuesses">Consecutive wrong guesses, across codes.</param>
/// <param name="LockedUntil">When the lockout ends by itself; null where there is none.</param>
internal sealed record TargetReportAnswer(
    Channel Channel, ImmutableArray<WindowReport> Windows, ImmutableArray<CodeReport> Codes, int WrongGuesses, DateTimeOffset? LockedUntil)
{
    public static TargetReportAnswer Of(Channel channel, TargetReport report) =>
        new(channel, report.Windows, report.Codes, report.WrongGuesses, report.LockedUntil);
}
