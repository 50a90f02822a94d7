using System.Security.Cryptography;

namespace Orleans.Otp.Delivery;

/// <summary>The <c>inbox</c> provider: keeps messages where a developer can read them, and sends nothing anywhere.</summary>
internal sealed class InboxProvider(IGrainFactory grains, RandomNumberGenerator random, TimeProvider time) : IDeliveryProvider
{
    public const string ProviderName = "inbox";

    public string Name => ProviderName;

    public async ValueTask<DeliveryResult> DeliverAsync(Message message, CancellationToken ct)
    {
        var kept = new InboxMessage(
            random.HexId(),
            time.GetUtcNow(),
            message.ProgramId,
            message.Target.Channel,
            message.Target.Value,
            message.Subject,
            message.Text,
            message.Html,
            message.Code);
        await grains.GetGrain<IInboxGrain>(IInboxGrain.Key).Add(kept);
        return DeliveryResult.Accepted;
    }
}
