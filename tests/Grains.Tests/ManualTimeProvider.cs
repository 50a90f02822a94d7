namespace Otp;

/// <summary>
/// A clock that stands still until a test moves it. Timers fire on <see cref="Advance"/>, on its thread, in the order they are due,
/// each seeing the very instant it was due at. Safe to use from many threads.
/// </summary>
public sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly Lock _advancing = new();
    private readonly SortedSet<ManualTimer> _pending = new(ManualTimer.ByDueTime);
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];
    private long _now = start.UtcTicks;
    private long _sequence;

    /// <summary>A clock that stands at noon of the first day of 2026.</summary>
    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>How many timers wait for their time.</summary>
    public int PendingTimers
    {
        get
        {
            lock (_lock)
            {
                return _pending.Count;
            }
        }
    }

    /// <summary>When the next timer is due; null when none is.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_lock)
            {
                return _pending.Min is { } next ? new DateTimeOffset(next.Due, TimeSpan.Zero) : null;
            }
        }
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _now), TimeSpan.Zero);

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock on, firing what falls due on the way, timers that are set on the way among it.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        lock (_advancing)
        {
            var end = _now + by.Ticks;
            while (TakeDue(end) is { } timer)
            {
                timer.Fire();
            }
        }
    }

    /// <summary>Completes once at least <paramref name="count"/> timers wait for their time: the code under test is now waiting, too.</summary>
    public Task WaitForTimersAsync(int count, CancellationToken ct = default)
    {
        lock (_lock)
        {
            if (_pending.Count >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((count, reached));
            return reached.Task.WaitAsync(ct);
        }
    }

    internal bool Schedule(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _pending.Remove(timer);
            if (timer.IsDisposed)
            {
                return false;
            }

            timer.Period = period > TimeSpan.Zero ? period.Ticks : 0;
            if (dueTime >= TimeSpan.Zero)
            {
                Add(timer, _now + dueTime.Ticks);
            }
        }

        // Like a system timer, one that is due at once fires without waiting for the clock, on a thread of its own.
        if (dueTime == TimeSpan.Zero)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static clock => clock.Advance(TimeSpan.Zero), this, preferLocal: false);
        }

        return true;
    }

    internal void Remove(ManualTimer timer)
    {
        lock (_lock)
        {
            timer.IsDisposed = true;
            _pending.Remove(timer);
        }
    }

    private ManualTimer? TakeDue(long end)
    {
        lock (_lock)
        {
            if (_pending.Min is not { } timer || timer.Due > end)
            {
                Volatile.Write(ref _now, Math.Max(_now, end));
                return null;
            }

            _pending.Remove(timer);
            Volatile.Write(ref _now, Math.Max(_now, timer.Due));
            if (timer.Period > 0)
            {
                Add(timer, timer.Due + timer.Period);
            }

            return timer;
        }
    }

    private void Add(ManualTimer timer, long due)
    {
        timer.Due = due;
        timer.Sequence = _sequence++;
        _pending.Add(timer);

        _waiters.RemoveAll(waiter =>
        {
            if (_pending.Count < waiter.Count)
            {
                return false;
            }

            waiter.Reached.TrySetResult();
            return true;
        });
    }
}
