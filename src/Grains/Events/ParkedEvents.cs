using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Otp.Storage;
using Otp.Targets;

namespace Otp.Events;

/// <summary>The events of a shard that its endpoint did not take within a day, durably, until an operator replays them or a month is over.</summary>
internal sealed class ParkedEvents
{
    /// <summary>How many are kept; one more pushes out the oldest.</summary>
    public const int Capacity = 500;

    public const string RecordType = "event-outbox-parked";

    /// <summary>How long one is kept.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(31);

    private readonly TimeProvider _time;
    private readonly StoredRecord<ParkedState> _record;
    private readonly GrainLock _lock = new();

    public ParkedEvents(string key, RecordStorage storage, TimeProvider time)
    {
        _time = time;
        _record = new StoredRecord<ParkedState>(
            storage, GrainId.Create(RecordType, key), ParkedState.Empty, static state => state.Events.IsEmpty ? 0 : state.Events[^1].ParkedAt + Retention.Ticks);
    }

    private long Now => _time.GetUtcNow().UtcTicks;

    /// <summary>The events, the first parked first.</summary>
    public async Task<ImmutableArray<ParkedEvent>> ReadAsync()
    {
        using var inside = await _lock.EnterAsync();
        await _record.EnsureCurrentAsync();
        return Kept(_record.State.Events);
    }

    /// <summary>Parks an event, unless it is.</summary>
    /// <returns>How many older ones had to go.</returns>
    public async Task<int> ParkAsync(string targetKey, PendingEvent parked, string failure)
    {
        var lost = 0;
        await ChangeAsync(events =>
        {
            lost = 0;
            if (events.Any(e => e.Names(targetKey, parked.At)))
            {
                return events;
            }

            lost = Math.Max(0, events.Length + 1 - Capacity);
            return events.RemoveRange(0, lost).Add(new ParkedEvent(targetKey, parked, Now, failure));
        });
        return lost;
    }

    /// <summary>Removes events.</summary>
    public Task RemoveAsync(Predicate<ParkedEvent> which) => ChangeAsync(events => events.RemoveAll(which));

    /// <summary>Notes why an event was refused again.</summary>
    public Task NoteAsync(ParkedEvent parked, string failure) => ChangeAsync(events =>
        events.FirstOrDefault(e => e.Names(parked.TargetKey, parked.Event.At)) is { } known && known.Failure != failure
            ? events.Replace(known, known with { Failure = failure })
            : events);

    private async Task ChangeAsync(Func<ImmutableArray<ParkedEvent>, ImmutableArray<ParkedEvent>> change)
    {
        using var inside = await _lock.EnterAsync();
        ImmutableArray<ParkedEvent> after;
        do
        {
            after = change(Kept(_record.State.Events));
        }
        while (!await _record.TryCommitAsync(after == _record.State.Events ? null : new ParkedState { Events = after }));
    }

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
