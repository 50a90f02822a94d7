using Otp.Programs;
using Otp.Verifications;

namespace Otp.Targets;

/// <summary>How the messages of a code travel where the policy orders a fall-back, such as a call after two SMS. Pure, like <see cref="TargetRules"/>.</summary>
public static class ChannelFallback
{
    /// <summary>A code that goes out once more, or instead of the live one, with the messages before it counted.</summary>
    /// <param name="code">The code that goes out.</param>
    /// <param name="live">The code of the same purpose that is alive; null if there is none.</param>
    /// <param name="policy">The purpose's policy.</param>
    public static LiveCode Sent(LiveCode code, LiveCode? live, Policy policy) =>
        policy.Fallback.IsEmpty ? code : code with { Resends = live is null ? 0 : live.Resends + 1 };

    /// <summary>
    /// How the latest message of a code travels: as it is asked for or, where that is by SMS, as the policy orders. A code for a payment
    /// travels only as it is asked for.
    /// </summary>
    /// <param name="policy">The purpose's policy.</param>
    /// <param name="code">The code.</param>
    /// <param name="asked">How it is asked for.</param>
    /// <param name="isForPayment">Whether the code approves a payment.</param>
    public static VerificationChannel Of(Policy policy, LiveCode code, VerificationChannel asked, bool isForPayment) =>
        asked == VerificationChannel.Sms && !isForPayment && policy.Fallback is { IsEmpty: false } order
            ? order[Math.Min(code.Resends, order.Length - 1)]
            : asked;
}
