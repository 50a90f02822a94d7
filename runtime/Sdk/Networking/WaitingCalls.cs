namespace Orleans.Runtime;

/// <summary>Calls that find no way at present. They are tried again when something has changed, and in any case after a short time.</summary>
internal sealed class WaitingCalls : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private List<RemoteCall> _calls = [];

    /// <summary>Starts with none.</summary>
    /// <param name="retry">Tries them again: takes them all.</param>
    /// <param name="clock">The clock of messaging.</param>
    internal WaitingCalls(Action retry, TimeProvider clock)
    {
        using (ExecutionContext.SuppressFlow())
        {
            _timer = clock.CreateTimer(static retry => ((Action)retry!)(), retry, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Adds a call, or fails it if too many wait.</summary>
    internal void Add(RemoteCall call)
    {
        lock (_gate)
        {
            if (_calls.Count >= Wire.MaxWaitingCalls)
            {
                _calls.RemoveAll(static waiting => waiting.Pending.IsAbandoned);
            }

            if (_calls.Count < Wire.MaxWaitingCalls)
            {
                _calls.Add(call);
                if (_calls.Count == 1)
                {
                    _timer.Change(Pause, Timeout.InfiniteTimeSpan);
                }

                return;
            }
        }

        call.Fail(new GatewayTooBusyException());
    }

    /// <summary>Takes all, in the order they came.</summary>
    internal List<RemoteCall> Take()
    {
        lock (_gate)
        {
            var taken = _calls;
            _calls = [];
            return taken;
        }
    }

    public void Dispose() => _timer.Dispose();
}
