using Otp.Targets;

namespace Otp.Verifications;

/// <summary>How a verification ends without a guess, and what a withdrawn message leaves of it. Pure, like <see cref="TargetRules"/>.</summary>
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
        var result = ResultOf(isApproved);
        if (TargetRules.Find(state, operation.Id) is { } earlier)
        {
            var isSame = earlier.Fingerprint == operation.Fingerprint && earlier.Result == result;
            return new VerifyDecision(isSame ? VerifyStatus.Verified : VerifyStatus.OperationMismatch, state, false) { IsRepeat = isSame };
        }

        if (state.CodeFor(purpose) is not { IsWithdrawn: false } code || !isMeant(code))
        {
            return new VerifyDecision(VerifyStatus.NoCode, state, false);
        }

        var ended = new CompletedOperation(operation.Id, operation.Fingerprint, now, result, code.Nonce) { Ended = code };
        var next = TargetRules.Complete(state, ended) with { Codes = state.Codes.Remove(code) };
        return new VerifyDecision(VerifyStatus.Verified, next, true) { Verified = isApproved ? code : null };
    }

    /// <summary>The state without the message of a send that was withdrawn. A code that no message of this surface carries is no verification.</summary>
    public static TargetState WithoutMessage(TargetState state, CompletedOperation send)
    {
        if (state.Codes.FirstOrDefault(live => live.Nonce == send.Nonce) is not { Verification: { } kept } code
            || kept.Sends.FirstOrDefault(sent => sent.At == send.At) is not { } message)
        {
            return state;
        }

        // What a code approves stays with it, whatever becomes of its messages.
        var left = kept with { Sends = kept.Sends.Remove(message) };
        return state with { Codes = state.Codes.Replace(code, code with { Verification = left is { Sends.IsEmpty: true, Payment: 0 } ? null : left }) };
    }

    internal static OperationResult ResultOf(bool isApproved) => isApproved ? OperationResult.Approved : OperationResult.Canceled;
}
