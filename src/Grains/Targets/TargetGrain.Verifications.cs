using Otp.Fraud;
using Otp.Telemetry;
using Otp.Verifications;

namespace Otp.Targets;

/// <summary>The target's verification: fetched, ended without a guess, and told again to whoever repeats that.</summary>
public sealed partial class TargetGrain
{
    public async Task<VerificationReport?> FindVerification(string? sid)
    {
        using var inside = await _lock.EnterAsync();
        ReadRules();
        await _record.EnsureCurrentAsync();
        var state = _rules.Forget(services.Codes.Forget(_record.State), Now);
        ForgetLater();
        return state.CodeFor(Purpose.None) is { Verification: not null, IsWithdrawn: false } code && services.Verifications.IsMeant(code, sid)
            ? services.Verifications.Report(code, state, _rules, Key)
            : null;
    }

    public async Task<VerificationReport?> FindEnded(Guid operation)
    {
        using var inside = await _lock.EnterAsync();
        ReadRules();
        await _record.EnsureCurrentAsync();
        var state = _rules.Forget(_record.State, Now);
        ForgetLater();
        return TargetRules.Find(state, operation) is { Ended: { } code } ? services.Verifications.Report(code, state, _rules, Key) : null;
    }

    public async Task<VerifyStatus> EndVerification(VerificationEnd end)
    {
        using var inside = await _lock.EnterAsync();
        ReadRules();
        VerifyDecision decision;
        do
        {
            decision = VerificationRules.End(
                _rules, services.Codes.Forget(_record.State), Purpose.None, end.Operation, end.IsApproved, code => services.Verifications.IsMeant(code, end.Sid), Now);
            decision = WithEvents(decision, end);
        }
        while (!await TryCommitAsync(decision.IsChanged ? decision.State : null));

        GuardedSend.Convert(GrainFactory, _rules.Program, end.Target, decision.Verified);
        ForgetLater();
        TargetMetrics.CountEnd(_rules.Program.Id, end, decision);
        return decision.Status;
    }
}
