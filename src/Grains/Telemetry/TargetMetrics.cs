using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Otp.Targets;
using Otp.Verifications;

namespace Otp.Telemetry;

/// <summary>Counts what became of sends, verifies and ended verifications.</summary>
internal static class TargetMetrics
{
    /// <summary>The outcome of a repeat that had no effect.</summary>
    public const string Replayed = "replayed";

    /// <summary>The outcome of a send to an unregistered address. The caller gets the answer of a code that was sent.</summary>
    public const string Unregistered = "unregistered";

    private static readonly Counter<long> Sends =
        OtpTelemetry.Meter.CreateCounter<long>("otp.sends", "{send}", "Sends that were asked for, by outcome.");

    private static readonly Counter<long> Verifies =
        OtpTelemetry.Meter.CreateCounter<long>("otp.verifies", "{verify}", "Guesses, by outcome.");

    private static readonly Counter<long> VerificationsEnded =
        OtpTelemetry.Meter.CreateCounter<long>("otp.verifications.ended", "{verification}", "Verifications that a caller ended without a guess, by outcome.");

    // No calling code has more than three digits.
    private static readonly string?[] CallingCodes = new string?[1000];

    public static void CountSend(string program, Target target, string outcome) => Count(Sends, program, target, outcome);

    public static void CountVerify(string program, Target target, string outcome) => Count(Verifies, program, target, outcome);

    /// <summary>Counts the end of a verification without a guess.</summary>
    public static void CountEnd(string program, VerificationEnd end, VerifyDecision decision)
    {
        var outcome = decision.IsRepeat ? Replayed
            : decision.Status == VerifyStatus.Verified ? TagValues.Of(VerificationRules.ResultOf(end.IsApproved))
            : TagValues.Of(decision.Status);
        Count(VerificationsEnded, program, end.Target, outcome);
    }

    private static void Count(Counter<long> counter, string program, Target target, string outcome)
    {
        var tags = new TagList
        {
            { OtpTags.Program, program },
            { OtpTags.Channel, TagValues.Of(target.Channel) },
            { OtpTags.Outcome, outcome },
        };
        if (target.Channel == Channel.Phone)
        {
            tags.Add(OtpTags.CallingCode, CallingCodeOf(target));
        }

        counter.Add(1, tags);
    }

    private static string CallingCodeOf(Target target)
    {
        var code = NumberingPlan.CallingCodeOf(target.Value);
        return CallingCodes[code] ??= code.ToString(CultureInfo.InvariantCulture);
    }
}
