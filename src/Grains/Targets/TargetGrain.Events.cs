using System.Collections.Immutable;
using Otp.Delivery;
using Otp.Events;
using Otp.Verifications;

namespace Otp.Targets;

/// <summary>The target's events: stored by the write that makes them true, and given to the outbox that delivers them. Only they outlast an erase.</summary>
public sealed partial class TargetGrain
{
    private bool _isExpected;

    private bool IsTold => _rules.Program.Events is not null;

    public async Task<PendingEvent?> NextEvent(long through)
    {
        using var inside = await _lock.EnterAsync();
        ReadRules();
        await _record.EnsureCurrentAsync();
        if (!_record.State.HasEvents)
        {
            // The outbox forgets a target without events, so that it must not be told from memory.
            await _record.ReadAsync();
        }

        TargetState? change;
        do
        {
            var left = _record.State.Outbox?.Forget(through);
            change = null;
            if (left is { Pending.IsEmpty: true } && !ReferenceEquals(left, _record.State.Outbox))
            {
                change = _rules.Forget(_record.State, Now) with { Outbox = left };
            }
            else if (left is not null)
            {
                // Not written for this alone: if this memory is lost and the outbox's too, they are posted once more.
                _record.State = _record.State with { Outbox = left };
            }

            if (change is { IsEmpty: true })
            {
                await _record.ClearAsync();
                _record.State = TargetState.Empty;
                change = null;
            }
        }
        while (!await _record.TryCommitAsync(change));

        ForgetLater();
        return _record.State.Outbox?.Pending.FirstOrDefault();
    }

    public async Task Erase()
    {
        using var inside = await _lock.EnterAsync();
        ReadRules();
        await _record.ReadAsync();
        foreach (var code in _record.State.Codes.Where(static code => code.Verification is not null))
        {
            // First: once the record is gone, nobody knows which verifications lead here.
            await GrainFactory.GetGrain<IVerificationGrain>(services.Verifications.GrainKeyOf(code, _rules.Program.Id)).Forget();
        }

        await GrainFactory.GetGrain<IEventOutboxGrain>(EventShards.KeyFor(Key)).Forget(Key);
        TargetState? left;
        do
        {
            left = EventRules.Erased(_record.State, _rules.Program.Events?.Tells(EventType.Erased) == true, Now);
        }
        while (left is not null && !await TryCommitAsync(left));

        if (left is null && _record.RecordExists)
        {
            await _record.ClearAsync();
        }

        _record.State = left ?? TargetState.Empty;
        ForgetLater();
    }

    private SendDecision WithEvents(SendDecision decision, SendRequest request) =>
        IsTold && decision.Code is { } code
            ? decision with { State = Add(decision.State, EventRules.Of(decision, ChannelOf(request, code)), request.Target) }
            : decision;

    private VerifyDecision WithEvents(VerifyDecision decision, VerifyRequest request) =>
        IsTold ? decision with { State = Add(decision.State, EventRules.Of(decision, request), request.Target) } : decision;

    private VerifyDecision WithEvents(VerifyDecision decision, VerificationEnd end) =>
        IsTold ? decision with { State = Add(decision.State, EventRules.Of(decision, end), end.Target) } : decision;

    private ReceiptDecision WithEvents(ReceiptDecision decision, DeliveryId delivery, MessageReport report) =>
        IsTold ? decision with { State = Add(decision.State, EventRules.Of(decision, delivery, report), target: null) } : decision;

    private TargetState WithFailure(TargetState next, CompletedOperation send, SendRequest request, LiveCode code, bool isUnreachable) =>
        IsTold && !ReferenceEquals(next, _record.State)
            ? Add(next, EventRules.OfFailure(send, code, ChannelOf(request, code), next, isUnreachable), request.Target)
            : next;

    private TargetState Add(TargetState state, ImmutableArray<PendingEvent> events, Target? target) =>
        services.Events.Add(_rules.Program, Key, state, events, target, Now);

    private ValueTask<bool> TryCommitAsync(TargetState? change) =>
        (change ?? _record.State) is { HasEvents: true } && !(_isExpected && _record.State.HasEvents) ? AnnounceAsync(change) : _record.TryCommitAsync(change);

    // The outbox learns of the target beside the write, so that neither waits for the other, and both are durable before anything leaves or
    // is answered. A new activation does not know whether an earlier one has got so far, and announces the target again.
    private async ValueTask<bool> AnnounceAsync(TargetState? change)
    {
        var announced = GrainFactory.GetGrain<IEventOutboxGrain>(EventShards.KeyFor(Key)).Expect(Key);
        var committed = _record.TryCommitAsync(change).AsTask();
        await Task.WhenAll(announced, committed);
        _isExpected = true;
        return await committed;
    }
}
