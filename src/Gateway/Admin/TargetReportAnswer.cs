using System.Collections.Immutable;
using Otp.Targets;

namespace Otp.Gateway.Admin;

/// <summary>What is remembered of a target, as operators see it.</summary>
internal sealed record TargetReportAnswer(
    Channel Channel, ImmutableArray<WindowReport> Windows, ImmutableArray<CodeReport> Codes, int WrongGuesses, DateTimeOffset? LockedUntil)
{
    public static TargetReportAnswer Of(Channel channel, TargetReport report) =>
        new(channel, report.Windows, report.Codes, report.WrongGuesses, report.LockedUntil);
}
