namespace Orleans.Runtime;

internal sealed partial class Catalog
{
    private int _walks;

    internal Departures Departures { get; }

    internal Handover Handover { get; }

    /// <summary>Whether a grain that has one activation at most belongs to another silo.</summary>
    internal bool IsElsewhere(GrainId id) => _membership.Placement.IsElsewhere(id);

    /// <summary>
    /// Sends a turn that was not started to where its grain belongs now; ticks of timers have no place to go. A silo without a lease sends
    /// nothing on: it may have stood still for long, and its callers have had another answer since.
    /// </summary>
    internal void SendOn(GrainId id, Turn turn)
    {
        if (!MayServe)
        {
            turn.Reject(new TransientRejectionException("This silo has no lease at present."));
        }
        else if (_cluster.Value is { } cluster && turn is PendingCall call)
        {
            cluster.Forward(id, call);
        }
        else
        {
            turn.Reject(Unavailable());
        }
    }

    /// <summary>Ends the activations whose grains belong to other silos, in the background; for each change of the view.</summary>
    internal void EndMoved()
    {
        if (Interlocked.Increment(ref _walks) == 1)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static self => self.WalkForMoved(), this, preferLocal: false);
        }
    }

    /// <summary>Drops every activation as it is: what it knows may be stale. Only calls that were not started can go on elsewhere.</summary>
    internal void AbortAll()
    {
        var exception = Unavailable();
        ForEach(activation => activation.Abort(exception));
    }

    /// <summary>Sees to it that an activation which came while the silo stops, has lost its lease or has given its grain away goes too.</summary>
    internal void EndIfUnwanted(Activation activation)
    {
        Interlocked.MemoryBarrier();
        if (_state == State.Stopped || !MayServe)
        {
            activation.Abort(Unavailable());
        }
        else if (_state == State.Stopping)
        {
            activation.Deactivate(ShuttingDown);
        }
        else if (activation.IsElsewhere)
        {
            activation.EndMoved();
        }
    }

    private void WalkForMoved()
    {
        int walks;
        do
        {
            walks = Volatile.Read(ref _walks);
            var version = _membership.Placement.Version;
            _directory.ForEach(static activation =>
            {
                if (activation.IsElsewhere)
                {
                    activation.EndMoved();
                }
            });
            Departures.Walked(version);
        }
        while (Interlocked.CompareExchange(ref _walks, 0, walks) != walks);
    }
}
