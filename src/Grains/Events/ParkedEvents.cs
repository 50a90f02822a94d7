using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Otp.Storage;
using Otp.Targets;

namespace Otp.Events;

/// <summary>
/// The events of a shard that its endpoint did not take within a day, durably, until an operator replays them or a month is over. They are in
/// pages: records of which only that is written which an event goes into. Once all are full, the oldest page is used again, and what it held is lost.
/// </summary>
internal sealed class ParkedEvents
{
    /// <summary>How many are kept at least, if so many are parked.</summary>
    public const int Capacity = 500;

    /// <summary>How many a page has, and so how many are lost at once. The first may have more, of a version that had no other.</summary>
    public const int PageSize = 50;

    public const string RecordType = "event-outbox-parked";

    /// <summary>How long one is kept.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(31);

    private readonly TimeProvider _time;
    private readonly StoredRecord<ParkedState>[] _pages;
    private readonly GrainLock _lock = new();

    public ParkedEvents(string key, RecordStorage storage, TimeProvider time)
    {
        _time = time;
        _pages = [.. Enumerable.Range(0, (Capacity / PageSize) + 1).Select(page => new StoredRecord<ParkedState>(
            storage,
            GrainId.Create(RecordType, page == 0 ? key : $"{key}:{page}"),
            ParkedState.Empty,
            static state => state.Events.IsEmpty ? 0 : state.Events[^1].ParkedAt + Retention.Ticks))];
    }

    private long Now => _time.GetUtcNow().UtcTicks;

    /// <summary>The events, the first parked first.</summary>
    public async Task<ImmutableArray<ParkedEvent>> ReadAsync()
    {
        using var inside = await _lock.EnterAsync();
        await EnsureCurrentAsync();
        return [.. _pages.SelectMany(page => Kept(page.State.Events)).OrderBy(static e => e.ParkedAt)];
    }

    /// <summary>Parks an event, unless it is.</summary>
    /// <returns>How many older ones had to go.</returns>
    public async Task<int> ParkAsync(string targetKey, PendingEvent parked, string failure)
    {
        using var inside = await _lock.EnterAsync();
        await EnsureCurrentAsync();
        while (!_pages.Any(page => page.State.Events.Any(e => e.Names(targetKey, parked.At))))
        {
            // Whatever the clocks of two silos say, an event is parked later than those before it, and so the last page is known.
            var (page, lost) = (_pages.MaxBy(LastOf)!, 0);
            var added = new ParkedEvent(targetKey, parked, Math.Max(Now, LastOf(page) + 1), failure);
            var events = Kept(page.State.Events);
            if (events.Length >= PageSize)
            {
                page = _pages.MinBy(LastOf)!;
                (events, lost) = ([], Kept(page.State.Events).Length);
            }

            if (await page.TryCommitAsync(new ParkedState { Events = events.Add(added) }))
            {
                return lost;
            }
        }

        return 0;
    }

    /// <summary>Removes events.</summary>
    public Task RemoveAsync(Predicate<ParkedEvent> which) => ChangeAsync(events => events.RemoveAll(which));

    /// <summary>Notes why an event was refused again.</summary>
    public Task NoteAsync(ParkedEvent parked, string failure) => ChangeAsync(events =>
        events.FirstOrDefault(e => e.Names(parked.TargetKey, parked.Event.At)) is { } known && known.Failure != failure
            ? events.Replace(known, known with { Failure = failure })
            : events);

    private Task EnsureCurrentAsync() => Task.WhenAll(_pages.Select(static page => page.EnsureCurrentAsync()));

    private async Task ChangeAsync(Func<ImmutableArray<ParkedEvent>, ImmutableArray<ParkedEvent>> change)
    {
        using var inside = await _lock.EnterAsync();
        await EnsureCurrentAsync();
        foreach (var page in _pages)
        {
            ImmutableArray<ParkedEvent> after;
            do
            {
                after = change(Kept(page.State.Events));
            }
            while (!await page.TryCommitAsync(after == page.State.Events ? null : new ParkedState { Events = after }));
        }
    }

    private static long LastOf(StoredRecord<ParkedState> page) => page.State.Events is [.., var last] ? last.ParkedAt : 0;

    private ImmutableArray<ParkedEvent> Kept(ImmutableArray<ParkedEvent> events) => events.RemoveAll(e => e.ParkedAt <= Now - Retention.Ticks);
}

/// <summary>An event that the endpoint did not take.</summary>
/// <param name="TargetKey">The key of the target's grain.</param>
/// <param name="Event">The event.</param>
/// <param name="ParkedAt">When it was parked, in UTC ticks.</param>
/// <param name="Failure">Why the last attempt failed, as a category.</param>
public sealed record ParkedEvent(
    [property: JsonPropertyName("k")] string TargetKey,
    [property: JsonPropertyName("e")] PendingEvent Event,
    [property: JsonPropertyName("t")] long ParkedAt,
    [property: JsonPropertyName("f")] string Failure)
{
    /// <summary>Whether it is this event.</summary>
    public bool Names(string targetKey, long at) => Event.At == at && TargetKey == targetKey;
}

/// <summary>Events that are parked. Member names in storage never change.</summary>
public sealed record ParkedState
{
    public static readonly ParkedState Empty = new();

    /// <summary>The events, the first parked first.</summary>
    [JsonPropertyName("e")]
    public ImmutableArray<ParkedEvent> Events { get; init; } = [];
}
