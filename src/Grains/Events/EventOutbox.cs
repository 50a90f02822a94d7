using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Otp.Events;

/// <summary>The events of a target that its program's endpoint is still to be told, in the target's record. Immutable. Member names in storage never change.</summary>
/// <param name="LastAt">When the latest event happened, delivered or not, in UTC ticks.</param>
/// <param name="Pending">The events, the oldest first.</param>
public sealed record EventOutbox(
    [property: JsonPropertyName("l")] long LastAt,
    [property: JsonPropertyName("p")] ImmutableArray<PendingEvent> Pending)
{
    /// <summary>How many events wait at most. The default rules make fewer in the day after which events are parked.</summary>
    public const int MaxPending = 64;

    private const long Microsecond = TimeSpan.TicksPerMicrosecond;

    public static readonly EventOutbox Empty = new(0, []);

    /// <summary>Whether one more event pushes out another one.</summary>
    [JsonIgnore]
    public bool IsFull => Pending.Length >= MaxPending;

    /// <summary>With one more event, at <paramref name="now"/> (UTC ticks) or as soon after the event before it as can be told apart.</summary>
    public EventOutbox Add(PendingEvent added, long now)
    {
        var at = Math.Max(now - (now % Microsecond), LastAt + Microsecond);
        return new EventOutbox(at, (IsFull ? Pending.RemoveAt(LeastWorth()) : Pending).Add(added with { At = at }));
    }

    /// <summary>Without the events up to this one; the same object if there are none.</summary>
    public EventOutbox Forget(long through) =>
        Pending.RemoveAll(e => e.At <= through) is var left && left.Length < Pending.Length ? this with { Pending = left } : this;

    // Whoever guesses can make as many of these as there are codes: they push out no other event.
    private int LeastWorth()
    {
        for (var i = 0; i < Pending.Length; i++)
        {
            if (Pending[i].Type == EventType.Failed)
            {
                return i;
            }
        }

        return 0;
    }
}
