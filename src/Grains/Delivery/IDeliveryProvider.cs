namespace Otp.Delivery;

/// <summary>Hands a message to a service that carries it to its target.</summary>
public interface IDeliveryProvider
{
    /// <summary>The name by which settings list it.</summary>
    string Name { get; }

    /// <summary>
    /// Tries once to hand over a message. A refusal is a value; an exception is a fault and counts as
    /// <see cref="DeliveryFailure.Fault"/>. It ends soon after <paramref name="ct"/> is cancelled, and leaves no connection open.
    /// </summary>
    ValueTask<DeliveryResult> DeliverAsync(Message message, CancellationToken ct);
}
