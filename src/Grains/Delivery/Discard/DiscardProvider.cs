namespace Otp.Delivery;

/// <summary>The <c>discard</c> provider: takes every message and drops it, so that a load test measures the service and reaches nobody.</summary>
internal sealed class DiscardProvider : IDeliveryProvider
{
    public const string ProviderName = "discard";

    public string Name => ProviderName;

    public ValueTask<DeliveryResult> DeliverAsync(Message message, Handover handover, CancellationToken ct) => ValueTask.FromResult(DeliveryResult.Accepted);
}
