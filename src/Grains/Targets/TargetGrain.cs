using Orleans.Otp.Programs;
using Orleans.Otp.Storage;
using Orleans.Runtime;

namespace Orleans.Otp.Targets;

/// <summary>
/// Loads one target's state, asks <see cref="TargetRules"/>, writes, delivers, answers. Nothing is answered or delivered before it is
/// durable; when a write fails the activation goes, because nobody knows what is stored, and the next call reads it.
/// </summary>
[GrainType("target")]
public sealed class TargetGrain(
    [PersistentState("state", StorageNames.Otp)] IPersistentState<TargetState> stored,
    TargetServices services) : Grain, ITargetGrain
{
    private OtpProgram _program = null!;
    private TargetRules _rules = null!;
    private IGrainTimer? _timer;
    private long _timerDue = long.MaxValue;

    private long Now => services.Time.GetUtcNow().UtcTicks;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _program = services.ProgramOf(this.GetPrimaryKeyString());
        _rules = services.RulesOf(_program);
        if (!stored.State.IsEmpty)
        {
            ForgetLater();
        }

        return Task.CompletedTask;
    }

    public async Task<SendOutcome> Send(SendRequest request)
    {
        var before = stored.State;
        var decision = _rules.Send(before, request.Purpose, request.Operation, (services.NextNonce(), services.Codes.CurrentKeyId), Now);
        if (decision.IsChanged)
        {
            await Write(decision.State);
        }

        var status = decision.Status;
        var digits = decision.Code is { } code ? services.Codes.Derive(code, _program.Id, request.Target) : null;
        if (decision.Deliver)
        {
            var expiresAt = new DateTimeOffset(decision.Code!.ExpiresAt, TimeSpan.Zero);
            if (await services.Delivery.DeliverAsync(_program, request, digits!, expiresAt))
            {
                stored.State = TargetRules.Delivered(stored.State, request.Operation);
            }
            else
            {
                (status, digits) = (SendStatus.DeliveryFailed, null);
                if (decision.IsChanged)
                {
                    await Write(_rules.Withdraw(before, request.Operation, Now));
                }
            }
        }

        ForgetLater();
        var limit = _rules.Usage(stored.State, request.Purpose, Now);
        return new SendOutcome(status, decision.RetryAfter, limit, services.ExposeCodes ? digits : null);
    }

    public async Task<VerifyOutcome> Verify(VerifyRequest request)
    {
        var decision = _rules.Verify(
            stored.State,
            request.Purpose,
            request.Operation,
            code => services.Codes.Matches(code, _program.Id, request.Target, request.Code),
            Now);
        if (decision.IsChanged)
        {
            await Write(decision.State);
        }

        ForgetLater();
        return decision.Outcome;
    }

    private async Task Write(TargetState state)
    {
        try
        {
            stored.State = state;
            await stored.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }

    // One timer, for the earliest deadline. A deadline that moves back leaves it alone: it fires, finds nothing, and is set anew.
    private void ForgetLater()
    {
        if (_rules.NextDeadline(stored.State) is not { } deadline)
        {
            DeactivateOnIdle();
        }
        else if (deadline < _timerDue)
        {
            var due = TimeSpan.FromTicks(Math.Max(0, deadline - Now));
            _timerDue = deadline;
            _timer ??= this.RegisterGrainTimer(Forget, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
            _timer.Change(due, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task Forget(CancellationToken cancellationToken)
    {
        _timerDue = long.MaxValue;
        stored.State = _rules.Forget(stored.State, Now);
        if (stored.State.IsEmpty && stored.RecordExists)
        {
            try
            {
                await stored.ClearStateAsync(cancellationToken);
            }
            catch
            {
                DeactivateOnIdle();
                throw;
            }
        }

        ForgetLater();
    }
}
