namespace Otp.Delivery;

/// <summary>Says that a provider of this name is registered: settings are checked against it before the provider, which needs them, is made.</summary>
/// <param name="Value">The name by which settings list the provider.</param>
public sealed record DeliveryProviderName(string Value);
