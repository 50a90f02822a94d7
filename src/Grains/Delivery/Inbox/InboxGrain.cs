using System.Collections.Immutable;

namespace Otp.Delivery;

/// <summary>Keeps the development inbox in memory, and only there.</summary>
[CollectionAgeLimit(Days = 1)]
internal sealed class InboxGrain : Grain, IInboxGrain
{
    private const int Capacity = 200;

    private readonly Queue<InboxMessage> _messages = new(Capacity);

    public Task Add(InboxMessage message)
    {
        if (_messages.Count == Capacity)
        {
            _messages.Dequeue();
        }

        _messages.Enqueue(message);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<InboxMessage>> List() => Task.FromResult(NewestFirst());

    public Task<InboxNews> ListAfter(string? id)
    {
        var messages = NewestFirst();
        var known = id is null ? -1 : messages.IndexOf(messages.FirstOrDefault(message => message.Id == id)!);
        return Task.FromResult(known < 0 ? new InboxNews(true, messages) : new InboxNews(false, messages[..known]));
    }

    private ImmutableArray<InboxMessage> NewestFirst() => [.. _messages.Reverse()];
}
