namespace Orleans.Runtime;

/// <summary>Whether this silo may serve: it knows by its own monotonic clock, even if it was stopped for a while and nobody could tell it.</summary>
internal sealed class Lease(TimeProvider clock)
{
    private const long None = long.MinValue;
    private const long Forever = long.MaxValue;

    // Ends early, so that what was begun in time is over before others may own this silo's grains.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(300);

    private long _end = None;

    internal bool IsValid => Volatile.Read(ref _end) is var end && (end == Forever || clock.GetTimestamp() < end);

    /// <summary>For a silo that shares its grains with nobody.</summary>
    internal void GrantForever() => Volatile.Write(ref _end, Forever);

    /// <summary>Starts a lease.</summary>
    /// <param name="asked">The timestamp from before it was asked for.</param>
    /// <param name="duration">How long the table keeps it.</param>
    internal void Grant(long asked, TimeSpan duration) => Volatile.Write(ref _end, asked + clock.ToTimestamp(duration - Margin));

    /// <summary>Extends the lease. One that is over stays so: what was refused meanwhile would otherwise be half a failure.</summary>
    /// <inheritdoc cref="Grant"/>
    /// <returns>False if it was over.</returns>
    internal bool TryExtend(long asked, TimeSpan duration)
    {
        if (!IsValid)
        {
            return false;
        }

        Grant(asked, duration);
        return true;
    }

    internal void Drop() => Volatile.Write(ref _end, None);
}
