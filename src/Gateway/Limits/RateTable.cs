namespace Otp.Gateway.Limits;

/// <summary>
/// Counts many callers against their rates in memory that never grows: 16 bytes a caller (the generic cell rate algorithm: a token bucket
/// kept as one instant). A caller who was idle for a period takes no place. When all places of a set are taken, the caller who used least
/// is forgotten first.
/// </summary>
/// <param name="capacity">How many places it has: a power of two, at least 2,048.</param>
internal sealed class RateTable(int capacity, TimeProvider time)
{
    private const int Ways = 8;
    private const int Locks = 256;

    private readonly Entry[] _entries = new Entry[capacity];
    private readonly Lock[] _locks = [.. Enumerable.Range(0, Locks).Select(static _ => new Lock())];
    private readonly ulong _setMask = (ulong)(capacity / Ways) - 1;
    private readonly long _start = time.GetTimestamp();

    // Starts above zero, so that an empty place is always in the past.
    private long Now => time.GetElapsedTime(_start).Ticks + 1;

    /// <summary>Takes one of a caller's rate.</summary>
    /// <param name="key">The caller and what is limited, hashed.</param>
    /// <param name="rate">The rate.</param>
    /// <returns>Null if it was there; else how long until it is.</returns>
    public TimeSpan? Take(ulong key, RateOptions rate) => rate.Limit == 0 ? null : Use(key, rate, count: 1);

    /// <summary>How long until one of a caller's rate is there; null if it is. Takes nothing.</summary>
    public TimeSpan? Peek(ulong key, RateOptions rate) => rate.Limit == 0 ? null : Use(key, rate, count: 0);

    /// <summary>Gives back what <see cref="Take"/> took.</summary>
    public void GiveBack(ulong key, RateOptions rate)
    {
        if (rate.Limit != 0)
        {
            Use(key, rate, count: -1);
        }
    }

    private TimeSpan? Use(ulong key, RateOptions rate, int count)
    {
        var each = rate.Period.Ticks / rate.Limit;
        var most = rate.Period.Ticks - each;
        var now = Now;
        var set = (int)(key & _setMask);
        lock (_locks[set % Locks])
        {
            ref var entry = ref Find(_entries.AsSpan(set * Ways, Ways), key);
            var isKnown = entry.Key == key;
            var used = Math.Max(isKnown ? entry.UsedUntil : 0, now);
            if (count >= 0 && used - now > most)
            {
                return TimeSpan.FromTicks(used - now - most);
            }

            if (count > 0 || (count < 0 && isKnown))
            {
                entry = new Entry(key, used + (count * each));
            }

            return null;
        }
    }

    // The key's place, or the place that it may take.
    private static ref Entry Find(Span<Entry> set, ulong key)
    {
        var least = 0;
        for (var i = 0; i < Ways; i++)
        {
            if (set[i].Key == key)
            {
                return ref set[i];
            }

            if (set[i].UsedUntil < set[least].UsedUntil)
            {
                least = i;
            }
        }

        return ref set[least];
    }

    /// <summary>One place.</summary>
    /// <param name="Key">Whose it is.</param>
    /// <param name="UsedUntil">When all of the rate is there again.</param>
    private readonly record struct Entry(ulong Key, long UsedUntil);
}
