namespace Otp.Delivery;

/// <summary>Hands a message to a service that carries it to its target.</summary>
public interface IDeliveryProvider
{
    /// <summary>The name by which settings list it.</summary>
    string Name { get; }

    /// <summary>
    /// Tries once to hand over a message. A refusal is a value; an exception is a fault and counts as
    /// <see cref="DeliveryFailure.Fault"/>, or as <see cref="DeliveryFailure.Unanswered"/> once the message is handed over.
    /// </summary>
    /// <param name="handover">
    /// Where the provider says, before it does, that it hands the message over. Until it says so, the message counts as one that does not
    /// arrive, and may go to another provider.
    /// </param>
    /// <param name="ct">
    /// Cancelled when the time is over; the provider then ends soon, and leaves no connection open. A message that is handed over gets more
    /// time for its answer.
    /// </param>
    ValueTask<DeliveryResult> DeliverAsync(Message message, Handover handover, CancellationToken ct);
}

/// <summary>A provider that reports later what became of a message.</summary>
internal interface IReceiptReader
{
    /// <summary>Checks who has signed a report, and reads it.</summary>
    /// <param name="address">The public address that the provider was given for it.</param>
    ReceiptReading Read(ReceiptRequest request, string address);
}

/// <summary>What a report says.</summary>
/// <param name="Status">Whether it is a genuine report.</param>
/// <param name="State">What became of the message; <see cref="DeliveryState.Unknown"/> for nothing that counts.</param>
/// <param name="Reason">Why it did not arrive.</param>
public readonly record struct ReceiptReading(
    ReceiptStatus Status, DeliveryState State = DeliveryState.Unknown, UndeliveredReason Reason = UndeliveredReason.Unknown);
