namespace Orleans.Runtime;

/// <summary>A call whose caller waits for the answer: the answer, a fault, the time-out or the caller's token ends the wait, whichever comes first.</summary>
internal abstract class PendingCall(GrainRequest request) : Turn
{
    private CancellationTokenRegistration _cancellation;
    private ExecutionContext? _context;
    private ResponseTimeouts? _timeouts;
    private int _closed;

    internal GrainRequest Request { get; } = request;

    internal abstract Task Task { get; }

    internal override bool IsAbandoned => Volatile.Read(ref _closed) != 0;

    internal override bool CountsAsUse => true;

    /// <summary>The list of waiting calls that this one belongs to; set once, before it is added.</summary>
    internal TimeoutList? Timeouts { get; set; }

    /// <summary>Whether it stands in that list; this and the links are touched under the list's lock alone.</summary>
    internal bool IsListed { get; set; }

    internal PendingCall? Earlier { get; set; }

    internal PendingCall? Later { get; set; }

    /// <summary>When the caller gives up, in timestamps of the messaging clock.</summary>
    internal long Deadline { get; set; }

    /// <summary>Its way over the wire, if it goes that way.</summary>
    internal RemoteCall? Remote { get; set; }

    /// <summary>Starts the wait: the caller's token and the time-out apply from here on.</summary>
    internal void Open(ResponseTimeouts timeouts)
    {
        _timeouts = timeouts;
        var token = Request.CancellationToken;
        if (token.CanBeCanceled)
        {
            _cancellation = token.UnsafeRegister(static (call, token) => ((PendingCall)call!).Cancel(token), this);
        }

        timeouts.Add(this);
    }

    /// <summary>Keeps the caller's execution context for a start that comes later, on another thread.</summary>
    internal void CaptureContext() => _context = ExecutionContext.Capture();

    internal override Task Start(object grain)
    {
        if (_context is not { } context)
        {
            return Request.Start(grain);
        }

        _context = null;
        Task? task = null;
        ExecutionContext.Run(context, _ => task = Request.Start(grain), state: null);
        return task!;
    }

    internal override void OnEnded(Task task) => Request.Trace?.End(task);

    internal override void Finish(Task task)
    {
        if (TryClose())
        {
            Complete(task);
        }
        else
        {
            // The caller is gone; so that a fault which nobody awaits is not reported as unobserved, observe it.
            _ = task.Exception;
        }
    }

    internal override void Reject(Exception exception)
    {
        if (TryClose())
        {
            // The thread that rejects is in the middle of something else; the caller's continuation is not its business.
            ThreadPool.UnsafeQueueUserWorkItem(static call => call.self.Complete(call.self.Request.Fault(call.exception)), (self: this, exception), preferLocal: false);
        }
    }

    protected abstract void Complete(Task task);

    protected abstract void Complete(CancellationToken token);

    private void Cancel(CancellationToken token)
    {
        if (TryClose())
        {
            ThreadPool.UnsafeQueueUserWorkItem(static call => call.self.Complete(call.token), (self: this, token), preferLocal: false);
        }
    }

    private bool TryClose()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
        {
            return false;
        }

        _cancellation.Unregister();
        _timeouts?.Remove(this);
        Remote?.OnClosed();
        return true;
    }
}
