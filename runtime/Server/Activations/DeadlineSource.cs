namespace Orleans.Runtime;

/// <summary>Tokens that are cancelled once a time-out has passed. Those asked for at about the same time share one timer.</summary>
internal sealed class DeadlineSource(TimeSpan timeout, TimeProvider clock)
{
    private readonly TimeSpan _shared = timeout / 16;
    private Slot? _slot;

    /// <summary>A token that lasts for the time-out, or up to a sixteenth longer.</summary>
    internal CancellationToken Next()
    {
        if (timeout == Timeout.InfiniteTimeSpan)
        {
            return CancellationToken.None;
        }

        var slot = Volatile.Read(ref _slot);
        if (slot is null || clock.GetElapsedTime(slot.Start) > _shared)
        {
            slot = new Slot(clock.GetTimestamp(), new CancellationTokenSource(timeout + _shared, clock).Token);
            Volatile.Write(ref _slot, slot);
        }

        return slot.Token;
    }

    private sealed record Slot(long Start, CancellationToken Token);
}
