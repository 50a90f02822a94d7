using Otp.Targets;

namespace Otp.Verifications;

/// <summary>How a verification ends without a guess. Pure, like <see cref="TargetRules"/>.</summary>
public static class VerificationRules
{
    /// <summary>Decides the end of a verification: repeat → live code. Its code is consumed, whatever attempts and lockout say.</summary>
    /// <param name="rules">The target's rules.</param>
    /// <param name="state">The target's state.</param>
    /// <param name="purpose">The code's purpose.</param>
    /// <param name="operation">The request's name.</param>
    /// <param name="isApproved">Whether the caller has found the code right; else it is canceled.</param>
    /// <param name="isMeant">Whether a code is the verification's.</param>
    /// <param name="now">The time, in UTC ticks.</param>
    public static VerifyDecision End(
        TargetRules rules, TargetState state, Purpose purpose, Operation operation, bool isApproved, Func<LiveCode, bool> isMeant, long now)
    {
        state = rules.Forget(state, now);
        var result = isApproved ? OperationResult.Approved : OperationResult.Canceled;
        if (TargetRules.Find(state, operation.Id) is { } earlier)
        {
            var isSame = earlier.Fingerprint == operation.Fingerprint && earlier.Result == result;
            return new VerifyDecision(isSame ? VerifyStatus.Verified : VerifyStatus.OperationMismatch, state, false) { IsRepeat = isSame };
        }

        if (state.CodeFor(purpose) is not { IsWithdrawn: false } code || !isMeant(code))
        {
            return new VerifyDecision(VerifyStatus.NoCode, state, false);
        }

        var next = TargetRules.Complete(state, operation, result, code.Nonce, now) with { Codes = state.Codes.Remove(code) };
        return new VerifyDecision(VerifyStatus.Verified, next, true) { Verified = isApproved ? code : null };
    }
}
