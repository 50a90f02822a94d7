using Otp.Targets;

namespace Otp.Verifications;

/// <summary>What a send of the Verify surface asks of its code, ready for <see cref="TargetRules"/>.</summary>
/// <param name="Channel">How the message is to travel.</param>
/// <param name="Length">Digits of the caller's own code; null for the policy's.</param>
/// <param name="Offset">What makes the caller's own code of the derived one (<see cref="LiveCode.Offset"/>).</param>
/// <param name="Fresh">What a new code keeps, without its message.</param>
/// <param name="Repeats">Whether a live code is the one that is asked for: it is for the same payment, and the same digits where they are the caller's own.</param>
public sealed record VerificationTerms(
    VerificationChannel Channel, int? Length, ulong Offset, LiveVerification Fresh, Func<LiveCode, bool> Repeats)
{
    /// <summary>The code with one more message.</summary>
    /// <param name="code">The code.</param>
    /// <param name="channel">How the message travels.</param>
    /// <param name="now">When it was decided, in UTC ticks.</param>
    public LiveCode Sent(LiveCode code, VerificationChannel channel, long now) =>
        code with { Verification = (code.Verification ?? Fresh).Send(new SentMessage(now, channel)) };
}
