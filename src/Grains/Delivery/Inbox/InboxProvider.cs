namespace Otp.Delivery;

/// <summary>The <c>inbox</c> provider: keeps messages where a developer can read them, and sends nothing anywhere.</summary>
internal sealed class InboxProvider(IGrainFactory grains, TimeProvider time) : IDeliveryProvider
{
    public const string ProviderName = "inbox";

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);

    public string Name => ProviderName;

    public async ValueTask<DeliveryResult> DeliverAsync(Message message, Handover handover, CancellationToken ct)
    {
        var kept = new InboxMessage(
            Guid.NewGuid().ToString("n"),
            time.GetUtcNow(),
            message.ProgramId,
            message.Target.Channel,
            message.Target.Value,
            message.Subject,
            message.Text,
            message.Html,
            message.Code);
        while (true)
        {
            try
            {
                await grains.GetGrain<IInboxGrain>(IInboxGrain.Key).Add(kept);
                return DeliveryResult.Accepted;
            }
            catch (OrleansMessageRejectionException)
            {
                // The silo that held the inbox is gone. Another one holds it soon; try until the time is up.
                await Task.Delay(RetryDelay, time, ct);
            }
        }
    }
}
