namespace Orleans.Runtime;

/// <summary>A timer of one activation, and the turn that each of its ticks is. Its own lock guards its state.</summary>
internal abstract partial class GrainTimer(Activation activation, bool keepAlive) : Turn, IGrainTimer
{
    private CancellationTokenSource? _disposal;
    private TimeSpan _period;
    private TimeSpan _changedDue;
    private bool _firing;
    private bool _changed;
    private bool _disposed;

    /// <summary>When it ticks next; like its place in the heap it belongs to the <see cref="TimerQueue"/>.</summary>
    internal long Due { get; set; }

    internal int HeapIndex { get; set; } = -1;

    internal GrainTimer? NextOfActivation { get; set; }

    internal override bool IsAbandoned => _disposed;

    internal override bool CountsAsUse => keepAlive;

    private TimerQueue Queue => activation.Catalog.Timers;

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Validate(dueTime, nameof(dueTime));
        Validate(period, nameof(period));
        lock (this)
        {
            _period = period;
            if (_firing)
            {
                _changedDue = dueTime;
                _changed = true;
            }
            else
            {
                Schedule(dueTime);
            }
        }
    }

    public void Dispose()
    {
        lock (this)
        {
            _disposed = true;
            Queue.Cancel(this);
        }

        activation.Forget(this);
        _disposal?.Cancel();
    }

    /// <summary>Its time has come: queues a tick.</summary>
    internal void Fire()
    {
        lock (this)
        {
            if (_disposed || _firing || HeapIndex >= 0)
            {
                return;
            }

            _firing = true;
        }

        activation.TryEnqueue(this);
    }

    internal override Task Start(object grain)
    {
        try
        {
            return Tick((_disposal ??= new()).Token) ?? Task.CompletedTask;
        }
        catch (Exception exception)
        {
            return Task.FromException(exception);
        }
    }

    internal override void OnEnded(Task task)
    {
        if (task.Exception is { InnerException: { } exception })
        {
            LogTickFailed(activation.Catalog.Logger, exception, activation.GrainInstance!.GetType());
        }

        lock (this)
        {
            _firing = false;
            Schedule(_changed ? _changedDue : _period);
            _changed = false;
        }
    }

    protected abstract Task Tick(CancellationToken cancellationToken);

    private void Schedule(TimeSpan due)
    {
        if (_disposed || due == Timeout.InfiniteTimeSpan)
        {
            Queue.Cancel(this);
        }
        else
        {
            Queue.Schedule(this, due);
        }
    }

    private static void Validate(TimeSpan span, string name)
    {
        var milliseconds = (long)span.TotalMilliseconds;
        ArgumentOutOfRangeException.ThrowIfLessThan(milliseconds, -1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(milliseconds, uint.MaxValue - 1, name);
    }
}
