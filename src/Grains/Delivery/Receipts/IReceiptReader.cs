namespace Otp.Delivery;

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
