namespace Otp.Delivery;

/// <summary>What became of a message after every provider in its list had its chance.</summary>
/// <param name="Provider">The provider that took it; null when none did.</param>
public readonly record struct DeliveryOutcome(string? Provider)
{
    /// <summary>No provider took the message.</summary>
    public static DeliveryOutcome Failed { get; }

    /// <summary>Whether a provider took the message.</summary>
    public bool IsDelivered => Provider is not null;
}
