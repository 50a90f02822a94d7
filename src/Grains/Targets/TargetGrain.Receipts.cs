using Otp.Delivery;
using Otp.Verifications;

namespace Otp.Targets;

/// <summary>What becomes of a target's messages, as providers report it.</summary>
public sealed partial class TargetGrain
{
    public async Task<ReceiptStatus> TakeReceipt(ReceiptRequest request)
    {
        var reading = services.Receipts.Read(request);
        if (reading.State == DeliveryState.Unknown)
        {
            return reading.Status;
        }

        using var inside = await _lock.EnterAsync();
        ReadRules();
        var report = new MessageReport(reading.State, request.Provider, request.Delivery.Number, reading.Reason);
        HandOverDetails? details = null;
        var decision = await TakeAsync(request.Delivery, report, HasAnotherProvider);
        if (decision.IsChanged)
        {
            services.Receipts.Count(_rules.Program.Id, report, isHandedOver: decision.HandOver is not null);
        }

        if (decision is { HandOver: { } send, Code: { } code })
        {
            await HandOverAsync(send, code, details!.ToRequest(code.Purpose, new Operation(send.Id, send.Fingerprint)), request.Provider);
        }

        ForgetLater();
        return ReceiptStatus.Taken;

        bool HasAnotherProvider(CompletedOperation send)
        {
            details = services.Receipts.DetailsOf(send, Key);
            return services.Delivery.HasAnother(_rules.Program, details.Channel, request.Provider);
        }
    }

    private async Task<ReceiptDecision> TakeAsync(DeliveryId delivery, MessageReport report, Func<CompletedOperation, bool> hasAnotherProvider)
    {
        ReceiptDecision decision;
        do
        {
            decision = WithEvents(DeliveryReceipts.Take(_rules, services.Codes.Forget(_record.State), delivery, report, hasAnotherProvider, Now), delivery, report);
        }
        while (!await TryCommitAsync(decision.IsChanged ? decision.State : null));

        return decision;
    }

    // It counts as no send, and whatever becomes of it changes no code: the caller was answered long ago. If this silo dies now, the message is
    // lost, as it was without a next provider; it never goes out twice.
    private async Task HandOverAsync(CompletedOperation send, LiveCode code, SendRequest request, string undeliveredBy)
    {
        var digits = services.Codes.Derive(code, _rules.Program.Id, _rules.Program.MailboxOf(request.Target));
        var outcome = await DeliverOutsideAsync(send, request, code, digits, after: undeliveredBy);
        if (outcome.IsDelivered)
        {
            _record.State = TargetRules.Delivered(_record.State, send, AnswerOf(send, outcome));
            return;
        }

        var reason = outcome.Verdict == DeliveryVerdict.Unreachable ? UndeliveredReason.Unreachable : UndeliveredReason.Unknown;
        var failed = new MessageReport(DeliveryState.Undelivered, outcome.Provider, send.Redeliveries, reason);
        await TakeAsync(new DeliveryId(send.Id, send.At, send.Redeliveries), failed, static _ => false);
    }

    // What the provider said beyond that it took the message.
    private static MessageReport? AnswerOf(CompletedOperation send, DeliveryOutcome outcome) =>
        outcome.State == DeliveryState.Sent && send.Redeliveries == 0 ? null : new MessageReport(outcome.State, outcome.Provider, send.Redeliveries);

    private VerificationChannel ChannelOf(SendRequest request, LiveCode code) => ChannelFallback.Of(
        _rules.Program.PolicyFor(code.Purpose),
        code,
        request.Verification?.Channel ?? (request.Target.Channel == Channel.Email ? VerificationChannel.Email : VerificationChannel.Sms),
        isForPayment: request.Verification?.Payment is not null);
}
