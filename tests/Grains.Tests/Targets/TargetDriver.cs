using Otp.Programs;
using Otp.Storage;
using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

/// <summary>Does with the rules what the grain does, without engine, storage or delivery.</summary>
internal sealed class TargetDriver(OtpProgram program)
{
    private readonly TargetRules _rules = TestPrograms.RulesOf(program);
    private readonly StateSerializer _storage = new();
    private int _nonces;

    public TargetState State { get; private set; } = TargetState.Empty;

    public int Comparisons { get; private set; }

    public SendDecision Decide(long now, Purpose purpose = Purpose.None, Operation? operation = null) =>
        _rules.Send(State, purpose, operation ?? Unique(), (new Guid(++_nonces, 0, 0, new byte[8]), 1), now);

    public SendDecision Send(long now, Purpose purpose = Purpose.None, Operation? operation = null)
    {
        var decision = Decide(now, purpose, operation);
        State = decision.Deliver ? TargetRules.Delivered(decision.State, decision.Operation!) : decision.State;
        return decision;
    }

    public void FailToSend(long now, Operation operation, bool isUnreachable = false, Purpose purpose = Purpose.None)
    {
        var decision = Decide(now, purpose, operation);
        Assert.True(decision.Deliver);
        State = _rules.Undelivered(decision.State, decision.Operation!, isUnreachable, now);
    }

    public VerifyStatus Verify(
        long now, bool right = false, Guid? nonce = null, Purpose purpose = Purpose.None, Operation? operation = null)
    {
        var decision = _rules.Verify(State, purpose, operation ?? Unique(), Compare, now);
        State = decision.State;
        return decision.Status;

        bool Compare(LiveCode code)
        {
            Comparisons++;
            return nonce is { } guess ? code.Nonce == guess : right;
        }
    }

    public void Reload() => State = _storage.Deserialize<TargetState>(_storage.Serialize(State));

    private Operation Unique() => new(new Guid(++_nonces, 1, 0, new byte[8]), 0);
}
