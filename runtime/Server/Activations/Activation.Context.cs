namespace Orleans.Runtime;

internal sealed partial class Activation
{
    public GrainId GrainId => new(_class.GrainType, _key);

    public object? GrainInstance => _grain;

    public IServiceProvider ActivationServices => Catalog.Services;

    public IGrainFactory GrainFactory => Catalog.GrainFactory;

    public Task Deactivated
    {
        get
        {
            lock (this)
            {
                return _status == ActivationStatus.Invalid
                    ? Task.CompletedTask
                    : (Extras.Deactivated ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
        }
    }

    public void DelayDeactivation(TimeSpan timeSpan)
    {
        lock (this)
        {
            _keptUntil = timeSpan == Timeout.InfiniteTimeSpan ? int.MaxValue
                : timeSpan <= TimeSpan.Zero ? 0
                : (int)Math.Min(int.MaxValue, Catalog.Sweeps + 1 + Math.Ceiling(timeSpan / Catalog.SweepPeriod));
        }
    }

    public IGrainTimer RegisterTimer<TState>(Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        if (Current != this)
        {
            throw new InvalidOperationException("A grain's timers are registered by its own code, in a turn.");
        }

        if (options.Interleave)
        {
            throw new NotSupportedException("A timer whose ticks interleave with other turns is not offered.");
        }

        var timer = new GrainTimer<TState>(this, callback, state, options.KeepAlive);
        timer.Change(options.DueTime, options.Period);
        lock (this)
        {
            timer.NextOfActivation = _timers;
            _timers = timer;
        }

        return timer;
    }

    internal void Forget(GrainTimer timer)
    {
        lock (this)
        {
            if (_timers == timer)
            {
                _timers = timer.NextOfActivation;
                return;
            }

            for (var other = _timers; other is not null; other = other.NextOfActivation)
            {
                if (other.NextOfActivation == timer)
                {
                    other.NextOfActivation = timer.NextOfActivation;
                    return;
                }
            }
        }
    }

    private void StopTimers()
    {
        while (_timers is { } timer)
        {
            timer.Dispose();
        }
    }
}
