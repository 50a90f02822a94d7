namespace Orleans.Runtime;

internal sealed partial class Catalog
{
    internal void Start()
    {
        _state = State.Running;
        _sweeper.Change(SweepPeriod, SweepPeriod);
    }

    /// <summary>Takes no more calls from outside, lets the turns that were promised end, and deactivates every grain.</summary>
    /// <param name="cancellationToken">Ends the patience: what is left then is dropped as it is.</param>
    internal async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_state == State.Running)
        {
            _state = State.Stopping;
            _sweeper.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Interlocked.MemoryBarrier();
            if (!cancellationToken.IsCancellationRequested)
            {
                ForEach(static activation => activation.Deactivate(ShuttingDown));
            }

            if (Volatile.Read(ref _live) == 0)
            {
                _drained.TrySetResult();
            }

            await _drained.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _state = State.Stopped;
        Interlocked.MemoryBarrier();
        AbortAll();
        if (_live > 0)
        {
            LogDropped(Logger, _live);
        }
    }

    public void Dispose()
    {
        _sweeper.Dispose();
        Timeouts.Dispose();
        Timers.Dispose();
    }

    private static DeactivationReason ShuttingDown => new(DeactivationReasonCode.ShuttingDown, "The silo stops.");
}
