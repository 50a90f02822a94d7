using Otp.Targets;

namespace Otp.Delivery;

/// <summary>
/// Decides what a provider's report on a message changes: what is known of the message and, once for a send, whether it goes to the next
/// provider; never windows, attempts or codes. Pure, like <see cref="TargetRules"/>.
/// </summary>
public static class DeliveryReceipts
{
    /// <summary>Decides on a report. One that comes twice, late, or out of order, or is about a send that is over, changes nothing.</summary>
    /// <param name="hasAnotherProvider">Whether another provider may take the message of a send.</param>
    /// <param name="now">The time, in UTC ticks.</param>
    public static ReceiptDecision Take(
        TargetRules rules, TargetState state, DeliveryId delivery, MessageReport report, Func<CompletedOperation, bool> hasAnotherProvider, long now)
    {
        state = rules.Forget(state, now);
        if (TargetRules.Find(state, delivery.Operation) is not { Result: OperationResult.Sent } sent || sent.At != delivery.SentAt || !report.Advances(Known(sent)))
        {
            return new ReceiptDecision(state);
        }

        if (report.State == DeliveryState.Undelivered && sent.Redeliveries == report.Delivery && CodeToHandOver(rules, state, sent, now) is { } code && hasAnotherProvider(sent))
        {
            // Until the next provider has answered, nobody knows what becomes of the message.
            var handedOver = sent with
            {
                Redeliveries = sent.Redeliveries + 1,
                HandOver = default,
                Report = report with { State = DeliveryState.Unknown, Delivery = sent.Redeliveries + 1 },
            };
            return new ReceiptDecision(With(state, sent, handedOver)) { IsChanged = true, HandOver = handedOver, Code = code };
        }

        return new ReceiptDecision(With(state, sent, sent with { Report = report })) { IsChanged = true };
    }

    /// <summary>What a provider answered when it was given the message, added to what it may have reported meanwhile.</summary>
    public static CompletedOperation Answered(CompletedOperation sent, MessageReport? answer) =>
        answer is not null && (sent.Report is null || answer.Advances(sent.Report)) ? sent with { Report = answer } : sent;

    /// <summary>What is known of a send's message; null where nothing is.</summary>
    public static MessageReport? Known(CompletedOperation sent) =>
        sent.Report ?? (sent.Delivered ? new MessageReport(DeliveryState.Sent, Provider: null, sent.Redeliveries) : null);

    // The code of the message, if it can still be used and no later message carries it.
    private static LiveCode? CodeToHandOver(TargetRules rules, TargetState state, CompletedOperation sent, long now)
    {
        if (!rules.Program.Delivery.HandOverUndelivered || sent.HandOver.IsDefaultOrEmpty || state.LockedUntil > now
            || state.Operations.Last(o => o.Result == OperationResult.Sent && o.Nonce == sent.Nonce) != sent)
        {
            return null;
        }

        return state.Codes.FirstOrDefault(code => code.Nonce == sent.Nonce && !code.IsWithdrawn && code.Attempts < rules.Program.PolicyFor(code.Purpose).Attempts);
    }

    private static TargetState With(TargetState state, CompletedOperation before, CompletedOperation after) =>
        state with { Operations = state.Operations.Replace(before, after) };
}

/// <summary>The decision on a report: the only place where what is known of a message changes.</summary>
/// <param name="State">The state after it.</param>
public readonly record struct ReceiptDecision(TargetState State)
{
    /// <summary>Whether the report says something new, and <see cref="State"/> must be durable.</summary>
    public bool IsChanged { get; init; }

    /// <summary>The send whose message goes to the next provider once <see cref="State"/> is durable; null for none.</summary>
    public CompletedOperation? HandOver { get; init; }

    /// <summary>The code of <see cref="HandOver"/>.</summary>
    public LiveCode? Code { get; init; }
}
