using System.Numerics;
using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>Ends the wait of calls whose answer does not come in time. One timer serves all calls; a call that is answered leaves nothing behind.</summary>
internal sealed partial class ResponseTimeouts : IDisposable
{
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(25);

    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;
    private readonly RequestInstruments _instruments;
    private readonly ILogger _logger;
    private readonly TimeoutList[] _lists;
    private readonly ITimer _timer;
    private readonly Lock _arming = new();
    private long _armedFor = long.MaxValue;

    internal ResponseTimeouts(TimeSpan timeout, TimeProvider clock, RequestInstruments instruments, ILogger logger)
    {
        _timeout = timeout;
        _clock = clock;
        _instruments = instruments;
        _logger = logger;
        _lists = new TimeoutList[BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount) * 4];
        for (var i = 0; i < _lists.Length; i++)
        {
            _lists[i] = new();
        }

        using (ExecutionContext.SuppressFlow())
        {
            _timer = clock.CreateTimer(static self => ((ResponseTimeouts)self!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();

    internal void Add(PendingCall call)
    {
        var deadline = _clock.GetTimestamp() + _clock.ToTimestamp(TimeoutOf(call));
        call.Deadline = deadline;
        var list = _lists[Environment.CurrentManagedThreadId & (_lists.Length - 1)];
        call.Timeouts = list;
        lock (list)
        {
            if (call.IsAbandoned)
            {
                return;
            }

            list.Add(call);
        }

        if (deadline < Volatile.Read(ref _armedFor))
        {
            Arm(deadline);
        }
    }

    /// <summary>How long the caller of an open call still waits; less than zero if it should not any more.</summary>
    internal TimeSpan TimeLeft(PendingCall call) => _clock.GetElapsedTime(_clock.GetTimestamp(), call.Deadline);

    internal void Remove(PendingCall call)
    {
        // The call is closed. One that is being added has its list already, or will find itself closed and stay out.
        if (call.Timeouts is { } list)
        {
            if (_instruments.IsEnabled)
            {
                _instruments.OnEnded(TimeoutOf(call) - TimeLeft(call));
            }

            lock (list)
            {
                if (call.IsListed)
                {
                    list.Remove(call);
                }
            }
        }
    }

    private TimeSpan TimeoutOf(PendingCall call) =>
        call.Request.TimeLeft > TimeSpan.Zero ? call.Request.TimeLeft : call.Request.Method.ResponseTimeout ?? _timeout;

    private void Arm(long deadline)
    {
        lock (_arming)
        {
            if (deadline < _armedFor)
            {
                Volatile.Write(ref _armedFor, deadline);
                var due = _clock.GetElapsedTime(_clock.GetTimestamp(), deadline);
                _timer.Change(due > TimeSpan.Zero ? due : TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Sweep()
    {
        lock (_arming)
        {
            Volatile.Write(ref _armedFor, long.MaxValue);
        }

        var now = _clock.GetTimestamp();
        var earliest = long.MaxValue;
        var overdue = new List<PendingCall>();
        foreach (var list in _lists)
        {
            lock (list)
            {
                earliest = Math.Min(earliest, list.TakeOverdue(now, overdue));
            }
        }

        foreach (var call in overdue)
        {
            if (call.IsAbandoned)
            {
                continue;
            }

            var method = call.Request.Method;
            var timeout = TimeoutOf(call);
            _instruments.OnTimedOut();
            LogTimedOut(_logger, method.InterfaceName, method.Name, timeout);
            call.Reject(new TimeoutException($"Response did not arrive on time in {timeout} for {method.InterfaceName}.{method.Name}."));
        }

        if (earliest < long.MaxValue)
        {
            Arm(Math.Max(earliest, now + _clock.ToTimestamp(LeastPause)));
        }
    }
}
