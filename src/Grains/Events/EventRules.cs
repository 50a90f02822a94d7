using System.Collections.Immutable;
using Otp.Delivery;
using Otp.Targets;
using Otp.Telemetry;
using Otp.Verifications;

namespace Otp.Events;

/// <summary>Which events a decision about a target makes, and how long they are kept. Pure, like <see cref="TargetRules"/>.</summary>
public static class EventRules
{
    /// <summary>How long after an event the endpoint is tried; then the event is parked.</summary>
    public static readonly TimeSpan RetryPeriod = TimeSpan.FromDays(1);

    /// <summary>How long an event is stored if nobody delivers or parks it, because no silo runs or the program has no endpoint.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    /// <summary>The events of a send that is about to be delivered.</summary>
    /// <param name="decision">The decision on the send.</param>
    /// <param name="channel">How its message travels.</param>
    public static ImmutableArray<PendingEvent> Of(SendDecision decision, VerificationChannel channel) =>
        decision is { IsChanged: true, IsRepeat: false, Code: { } code }
            ? [new PendingEvent(EventType.Sent, At: 0, code.Purpose, code.Nonce) { Channel = channel }]
            : [];

    /// <summary>The events of a send of which a delivery has failed.</summary>
    /// <param name="send">The send.</param>
    /// <param name="code">Its code.</param>
    /// <param name="channel">How its message travels.</param>
    /// <param name="next">The state after the failure.</param>
    /// <param name="isUnreachable">Whether its recipient cannot be reached.</param>
    public static ImmutableArray<PendingEvent> OfFailure(
        CompletedOperation send, LiveCode code, VerificationChannel channel, TargetState next, bool isUnreachable) =>
        TargetRules.Find(next, send.Id) is { Result: OperationResult.DeliveryFailed or OperationResult.Undeliverable }
            ? [new PendingEvent(EventType.Undelivered, At: 0, code.Purpose, send.Nonce)
                { Channel = channel, Reason = isUnreachable ? "unreachable" : "delivery_failed" }]
            : [];

    /// <summary>The events of a guess.</summary>
    public static ImmutableArray<PendingEvent> Of(VerifyDecision decision, VerifyRequest request)
    {
        if (!decision.IsChanged)
        {
            return [];
        }

        var guess = new PendingEvent(EventType.Verified, At: 0, request.Purpose, decision.State.Operations[^1].Nonce) { Channel = ChannelOf(request.Target) };
        return decision switch
        {
            { Status: VerifyStatus.Verified } => [guess],
            { State.LockedUntil: 0 } => [guess with { Type = EventType.Failed }],
            _ => [guess with { Type = EventType.Failed }, guess with { Type = EventType.Locked, LockedUntil = decision.State.LockedUntil }],
        };
    }

    /// <summary>The events of a verification that its caller has ended: it says that the code was right, or nothing.</summary>
    public static ImmutableArray<PendingEvent> Of(VerifyDecision decision, VerificationEnd end) => decision.IsChanged && end.IsApproved
        ? [new PendingEvent(EventType.Verified, At: 0, Purpose.None, decision.State.Operations[^1].Nonce)]
        : [];

    /// <summary>The events of a provider's report. It does not say what the code was for, once that is used.</summary>
    /// <param name="decision">What the report changes.</param>
    /// <param name="delivery">The delivery that it is about.</param>
    /// <param name="report">The report.</param>
    public static ImmutableArray<PendingEvent> Of(ReceiptDecision decision, DeliveryId delivery, MessageReport report)
    {
        if (decision is not { IsChanged: true, HandOver: null } || TargetRules.Find(decision.State, delivery.Operation) is not { } sent)
        {
            return [];
        }

        var purpose = decision.State.Codes.FirstOrDefault(code => code.Nonce == sent.Nonce)?.Purpose ?? Purpose.None;
        var delivered = new PendingEvent(EventType.Delivered, At: 0, purpose, sent.Nonce);
        return report.State switch
        {
            DeliveryState.Delivered => [delivered],
            DeliveryState.Undelivered => [delivered with { Type = EventType.Undelivered, Reason = TagValues.Of(report.Reason) }],
            _ => [],
        };
    }

    /// <summary>What is left of a target that is erased; null if nothing is. One that was erased before is not erased again.</summary>
    public static TargetState? Erased(TargetState state, bool isTold, long now)
    {
        if (!isTold || state.IsEmpty)
        {
            return null;
        }

        var outbox = state.Outbox ?? EventOutbox.Empty;
        return (state with { Outbox = null }).IsEmpty && outbox.Pending is [{ Type: EventType.Erased }]
            ? state
            : new TargetState { Outbox = (outbox with { Pending = [] }).Add(new PendingEvent(EventType.Erased, At: 0), now) };
    }

    private static VerificationChannel ChannelOf(Target target) => target.Channel switch
    {
        Channel.Email => VerificationChannel.Email,
        Channel.Phone => VerificationChannel.Sms,
    };
}
