namespace Orleans.Runtime;

/// <summary>All grain timers of a silo: a 4-ary heap by due time over one timer of the clock, so that a pending timer costs no more than its place.</summary>
internal sealed class TimerQueue : IDisposable
{
    private const int Arity = 4;
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private GrainTimer[] _heap = new GrainTimer[16];
    private int _count;
    private long _armedFor = long.MaxValue;

    internal TimerQueue(TimeProvider clock)
    {
        _clock = clock;
        using (ExecutionContext.SuppressFlow())
        {
            _timer = clock.CreateTimer(static self => ((TimerQueue)self!).FireDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Sets when a timer fires, once.</summary>
    internal void Schedule(GrainTimer timer, TimeSpan due)
    {
        lock (_lock)
        {
            var now = _clock.GetTimestamp();
            timer.Due = now + _clock.ToTimestamp(due);
            if (timer.HeapIndex < 0)
            {
                if (_count == _heap.Length)
                {
                    Array.Resize(ref _heap, _count * 2);
                }

                timer.HeapIndex = _count++;
            }

            SiftUp(timer);
            SiftDown(timer);
            Arm(now, leastPause: TimeSpan.Zero);
        }
    }

    internal void Cancel(GrainTimer timer)
    {
        lock (_lock)
        {
            if (timer.HeapIndex >= 0)
            {
                Remove(timer);
            }
        }
    }

    private void FireDue()
    {
        var due = new List<GrainTimer>();
        lock (_lock)
        {
            _armedFor = long.MaxValue;
            var now = _clock.GetTimestamp();
            while (_count > 0 && _heap[0].Due <= now)
            {
                due.Add(_heap[0]);
                Remove(_heap[0]);
            }

            // The system's timers count whole milliseconds and may be that much early; do not spin on the rest.
            Arm(now, due.Count == 0 ? LeastPause : TimeSpan.Zero);
        }

        foreach (var timer in due)
        {
            timer.Fire();
        }
    }

    private void Arm(long now, TimeSpan leastPause)
    {
        if (_count > 0 && _heap[0].Due < _armedFor)
        {
            _armedFor = _heap[0].Due;
            var due = _clock.GetElapsedTime(now, _armedFor);
            _timer.Change(due > leastPause ? due : leastPause, Timeout.InfiniteTimeSpan);
        }
    }

    private void Remove(GrainTimer timer)
    {
        var last = _heap[--_count];
        _heap[_count] = null!;
        if (last != timer)
        {
            last.HeapIndex = timer.HeapIndex;
            SiftUp(last);
            SiftDown(last);
        }

        timer.HeapIndex = -1;
    }

    private void SiftUp(GrainTimer timer)
    {
        var index = timer.HeapIndex;
        while (index > 0)
        {
            var parent = (index - 1) / Arity;
            if (_heap[parent].Due <= timer.Due)
            {
                break;
            }

            Place(_heap[parent], index);
            index = parent;
        }

        Place(timer, index);
    }

    private void SiftDown(GrainTimer timer)
    {
        var index = timer.HeapIndex;
        for (var child = (index * Arity) + 1; child < _count; child = (index * Arity) + 1)
        {
            var least = child;
            for (var other = child + 1; other < Math.Min(child + Arity, _count); other++)
            {
                least = _heap[other].Due < _heap[least].Due ? other : least;
            }

            if (timer.Due <= _heap[least].Due)
            {
                break;
            }

            Place(_heap[least], index);
            index = least;
        }

        Place(timer, index);
    }

    private void Place(GrainTimer timer, int index)
    {
        _heap[index] = timer;
        timer.HeapIndex = index;
    }
}
