using System.Collections.Concurrent;
using System.Text;
using Otp.Delivery;

namespace Otp.Grains.Tests.Harness;

/// <summary>
/// A provider that keeps what it is given, or refuses all of it, at once or when a test says so. The body of its reports is a state and a reason.
/// </summary>
internal sealed class TestDelivery(string name = TestDelivery.ProviderName) : IDeliveryProvider, IReceiptReader
{
    public const string ProviderName = "test";

    /// <summary>The provider that comes after it where a program lists both.</summary>
    public const string NextName = "next";

    private readonly ConcurrentQueue<Message> _messages = new();
    private int _calls;

    public string Name => name;

    /// <summary>What it does with messages.</summary>
    public DeliveryResult Result { get; set; } = DeliveryResult.Accepted;

    /// <summary>Whether it takes messages.</summary>
    public bool Accepts
    {
        get => Result.IsAccepted;
        set => Result = value ? DeliveryResult.Accepted : DeliveryResult.Refused(DeliveryFailure.Rejected);
    }

    /// <summary>What is wrong with the reports that it reads.</summary>
    public ReceiptStatus Receipts { get; set; }

    /// <summary>The messages that it took, or was about to take when it was given them.</summary>
    public IReadOnlyCollection<Message> Messages => _messages;

    /// <summary>How many messages it was given.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Runs before a message is taken: what is durable by then is seen here.</summary>
    public Action BeforeDelivery { get; set; } = static () => { };

    /// <summary>What it waits for before it answers.</summary>
    public Task<DeliveryResult>? Answer { get; set; }

    public ReceiptReading Read(ReceiptRequest request, string address)
    {
        Assert.Equal(Messages.Select(message => message.Receipt!.For("test", Name).Split('/')[..^1]).Last(), address.Split('/')[..^1]);
        var words = Encoding.UTF8.GetString(request.Body.AsSpan()).Split(' ');
        return Receipts == ReceiptStatus.Taken
            ? new ReceiptReading(ReceiptStatus.Taken, Enum.Parse<DeliveryState>(words[0]), Enum.Parse<UndeliveredReason>(words[1]))
            : new ReceiptReading(Receipts);
    }

    public ValueTask<DeliveryResult> DeliverAsync(Message message, Handover handover, CancellationToken ct)
    {
        Interlocked.Increment(ref _calls);
        if (Answer is not null || Result.Verdict is DeliveryVerdict.Taken or DeliveryVerdict.Unknown)
        {
            _messages.Enqueue(message);
        }

        BeforeDelivery();
        return Answer is { } answer ? new ValueTask<DeliveryResult>(answer) : ValueTask.FromResult(Result);
    }
}
