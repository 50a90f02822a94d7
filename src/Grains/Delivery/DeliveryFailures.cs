namespace Otp.Delivery;

/// <summary>What follows from a failure.</summary>
internal static class DeliveryFailures
{
    /// <summary>
    /// Whether the provider itself is at fault. A refused recipient or message is an answer: whoever sends to bad addresses must not be
    /// able to open the circuit for all others.
    /// </summary>
    public static bool IsProviderFault(this DeliveryFailure failure) => failure is not
        (DeliveryFailure.RecipientRefused
        or DeliveryFailure.RecipientUnsubscribed
        or DeliveryFailure.Rejected
        or DeliveryFailure.NotConfigured
        or DeliveryFailure.CircuitOpen);

    /// <summary>Whether no other provider is asked.</summary>
    public static bool IsFinal(this DeliveryFailure failure) => failure is DeliveryFailure.RecipientUnsubscribed;
}
