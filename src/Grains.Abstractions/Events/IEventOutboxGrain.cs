using System.Collections.Immutable;

namespace Otp.Events;

/// <summary>Posts the events of a shard's targets, which it knows durably, to the program's endpoint. <see cref="EventShards"/> makes the key.</summary>
[Alias("otp.IEventOutboxGrain")]
public interface IEventOutboxGrain : IGrainWithStringKey
{
    /// <summary>Notes durably that a target may have events, and begins to deliver them.</summary>
    /// <param name="targetKey">The key of the target's grain.</param>
    [Alias("Expect")]
    Task Expect(string targetKey);

    /// <summary>Goes on with what waits: the silo that did so before may be lost.</summary>
    [Alias("Wake")]
    Task Wake();

    /// <summary>Forgets the parked events of a target.</summary>
    [Alias("Forget")]
    Task Forget(string targetKey);

    /// <summary>Tells an operator what waits and what is parked.</summary>
    [Alias("Report")]
    Task<EventOutboxReport> Report();

    /// <summary>Begins to post every parked event once more. One that the endpoint takes is parked no longer.</summary>
    /// <returns>How many are parked.</returns>
    [Alias("Replay")]
    Task<int> Replay();
}

/// <summary>What waits in a shard, and what is parked.</summary>
/// <param name="WaitingTargets">How many targets have events that were not delivered yet.</param>
/// <param name="WaitingSince">Since when the first of them waits; null if none does.</param>
/// <param name="Parked">The first of them, at most <see cref="MostParked"/>.</param>
/// <param name="HasEndpoint">Whether the program has an endpoint. A gateway need not know.</param>
[GenerateSerializer, Immutable, Alias("otp.EventOutboxReport")]
public sealed record EventOutboxReport(
    [property: Id(0)] int WaitingTargets,
    [property: Id(1)] DateTimeOffset? WaitingSince,
    [property: Id(2)] int ParkedEvents,
    [property: Id(3)] ImmutableArray<ParkedEventReport> Parked,
    [property: Id(4)] bool HasEndpoint)
{
    /// <summary>How many parked events a report lists.</summary>
    public const int MostParked = 100;
}

/// <summary>An event that is parked, as an operator sees it.</summary>
/// <param name="Id">The event's id, as in <c>webhook-id</c>.</param>
/// <param name="Subject">The keyed hash of the target, as its grain key holds it, in hexadecimal digits.</param>
/// <param name="Failure">Why the last attempt failed, as a category.</param>
[GenerateSerializer, Immutable, Alias("otp.ParkedEventReport")]
public sealed record ParkedEventReport(
    [property: Id(0)] string Id,
    [property: Id(1)] EventType Type,
    [property: Id(2)] DateTimeOffset OccurredAt,
    [property: Id(3)] DateTimeOffset ParkedAt,
    [property: Id(4)] string Subject,
    [property: Id(5)] string Failure)
{
    /// <summary>The type alone.</summary>
    public override string ToString() => $"{nameof(ParkedEventReport)} {Type}";
}
