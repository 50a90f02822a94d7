using System.Collections.Immutable;

namespace Orleans.Otp.Delivery;

/// <summary>Keeps the development inbox in memory, and only there.</summary>
[CollectionAgeLimit(Days = 1)]
internal sealed class InboxGrain : Grain, IInboxGrain
{
    private const int Capacity = 200;

    private readonly Queue<InboxMessage> _messages = new(Capacity);

    public Task Add(InboxMessage message)
    {
        if (_messages.Count == Capacity)
            _messages.Dequeue();
        _messages.Enqueue(message);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<InboxMessage>> List()
    {
        var messages = _messages.ToArray();
        Array.Reverse(messages);
        return Task.FromResult(ImmutableArray.Create(messages));
    }
}
