using System.Collections.Concurrent;
using Otp.Delivery;

namespace Otp.Grains.Tests.Harness;

/// <summary>A provider that keeps what it is given, or refuses all of it.</summary>
internal sealed class TestDelivery : IDeliveryProvider
{
    public const string ProviderName = "test";

    private readonly ConcurrentQueue<Message> _messages = new();

    public string Name => ProviderName;

    /// <summary>Whether it takes messages.</summary>
    public bool Accepts { get; set; } = true;

    public IReadOnlyCollection<Message> Messages => _messages;

    /// <summary>Runs before a message is taken: what is durable by then is seen here.</summary>
    public Action BeforeDelivery { get; set; } = static () => { };

    public ValueTask<DeliveryResult> DeliverAsync(Message message, CancellationToken ct)
    {
        BeforeDelivery();
        if (!Accepts)
        {
            return ValueTask.FromResult(DeliveryResult.Refused(DeliveryFailure.Rejected));
        }

        _messages.Enqueue(message);
        return ValueTask.FromResult(DeliveryResult.Accepted);
    }
}
