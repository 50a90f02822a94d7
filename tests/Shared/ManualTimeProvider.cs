namespace Orleans.Otp.Testing;

/// <summary>
/// A clock that stands still until a test moves it. <see cref="Advance"/> stops at every timer on its way: each fires at its own
/// instant, in order, on the calling thread; what it arms anew within the same span fires too.
/// </summary>
public sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _advancing = new();
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _pending = [];
    private readonly List<Waiter> _waiters = [];
    private DateTimeOffset _now = start;
    private long _armings;

    /// <summary>Starts at noon, UTC, of an ordinary day.</summary>
    public ManualTimeProvider()
        : this(new(2030, 5, 15, 12, 0, 0, TimeSpan.Zero))
    {
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <summary>A timer driven by <see cref="Advance"/>. One that is due at once fires on the thread pool, as a real one does.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock forward by <paramref name="span"/>, firing what falls due up to and including its end.</summary>
    public void Advance(TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        lock (_advancing)
        {
            var end = GetUtcNow() + span;
            while (TakeDue(end) is { } timer)
                timer.Fire();
        }
    }

    /// <summary>Completes when at least <paramref name="count"/> timers are pending.</summary>
    public Task WaitForTimersAsync(int count, CancellationToken cancellationToken = default) =>
        WaitAsync(() => _pending.Count >= count, cancellationToken);

    /// <summary>Completes when a timer is pending that an advance by <paramref name="span"/> would fire.</summary>
    public Task WaitForTimerDueAsync(TimeSpan span, CancellationToken cancellationToken = default) =>
        WaitAsync(() => _pending.Exists(t => t.Due <= _now + span), cancellationToken);

    private async Task WaitAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(condition);
        lock (_gate)
        {
            if (condition())
                return;
            _waiters.Add(waiter);
        }

        try
        {
            await waiter.Met.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_gate)
                _waiters.Remove(waiter);
        }
    }

    private ManualTimer? TakeDue(DateTimeOffset end)
    {
        lock (_gate)
        {
            var next = _pending.Where(t => t.Due <= end).MinBy(t => (t.Due, t.Order));
            if (next is null)
            {
                _now = end;
                return null;
            }

            if (next.Due > _now)
                _now = next.Due;
            if (next.Period is { } period)
                Arm(next, next.Due + period);
            else
                _pending.Remove(next);
            return next;
        }
    }

    private void Arm(ManualTimer timer, DateTimeOffset due)
    {
        _pending.Remove(timer);
        timer.Due = due;
        timer.Order = ++_armings;
        _pending.Add(timer);
        foreach (var waiter in _waiters.Where(w => w.Condition()))
            waiter.Met.TrySetResult();
    }

    private sealed record Waiter(Func<bool> Condition)
    {
        public TaskCompletionSource Met { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class ManualTimer(ManualTimeProvider time, TimerCallback callback, object? state) : ITimer
    {
        private bool _disposed;

        public DateTimeOffset Due { get; set; }

        public long Order { get; set; }

        public TimeSpan? Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                if (_disposed)
                    return false;

                Period = period > TimeSpan.Zero ? period : null;
                time._pending.Remove(this);
                if (dueTime == TimeSpan.Zero)
                    ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Fire(), this, preferLocal: false);
                if (dueTime > TimeSpan.Zero)
                    time.Arm(this, time._now + dueTime);
                else if (dueTime == TimeSpan.Zero && Period is { } first)
                    time.Arm(this, time._now + first);
                return true;
            }
        }

        public void Dispose()
        {
            lock (time._gate)
            {
                _disposed = true;
                time._pending.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
