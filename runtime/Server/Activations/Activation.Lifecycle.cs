using Orleans.Core;

namespace Orleans.Runtime;

internal sealed partial class Activation
{
    private const int MaxFruitless = 2;

    /// <summary>Whether the grain belongs to another silo.</summary>
    internal bool IsElsewhere => !_class.IsStatelessWorker && Catalog.IsElsewhere(GrainId);

    private bool IsEnding => _extras?.Ending is { } reason
        && (reason.ReasonCode != DeactivationReasonCode.ShuttingDown || _lastWaiting is null || IsElsewhere);

    /// <summary>Sees to it that the turns which wait are served.</summary>
    internal void Start()
    {
        lock (this)
        {
            if (_executing || !HasWork)
            {
                return;
            }

            _executing = true;
        }

        Schedule();
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (this)
        {
            if (_status < ActivationStatus.Deactivating)
            {
                Extras.Ending ??= deactivationReason;
            }
        }

        Start();
    }

    /// <summary>Ends the activation because its grain belongs to another silo, which waits for that.</summary>
    internal void EndMoved()
    {
        lock (this)
        {
            if (_status == ActivationStatus.Invalid)
            {
                return;
            }

            Catalog.Departures.Add(this);
        }

        Deactivate(new(DeactivationReasonCode.Migrating, "The grain belongs to another silo."));
    }

    /// <summary>Ends the activation if it was idle for longer than its class allows.</summary>
    /// <param name="sweep">The number of this look for idle activations.</param>
    internal void CollectIfIdle(int sweep)
    {
        if (sweep - _usedAt <= _class.IdleSweeps || sweep < _keptUntil)
        {
            return;
        }

        lock (this)
        {
            if (_status != ActivationStatus.Valid || _executing || _busy || _lastWaiting is not null || sweep - _usedAt <= _class.IdleSweeps)
            {
                return;
            }

            Extras.Ending ??= new(DeactivationReasonCode.ActivationIdle, "It was idle.");
        }

        Start();
    }

    /// <summary>Drops the activation at once, without a word to the grain: it could not be activated, or its silo dies or has lost its lease.</summary>
    internal void Abort(Exception exception)
    {
        RunningTurn? running;
        Turn? waiting;
        lock (this)
        {
            if (_status == ActivationStatus.Invalid)
            {
                return;
            }

            _status = ActivationStatus.Invalid;
            running = _running;
            waiting = TurnQueue.TakeAll(ref _lastWaiting);
            _home.Replace(this, next: null);
        }

        Gone();
        running?.Turn.Reject(exception);
        if (exception is SiloUnavailableException)
        {
            SendOn(waiting);
        }
        else
        {
            Reject(waiting, exception);
        }
    }

    private async Task ActivateAsync()
    {
        var deadline = Catalog.ActivationDeadline.Next();
        try
        {
            if (!_class.IsStatelessWorker && !await TakeOverAsync(deadline))
            {
                Abort(Catalog.Unavailable());
                return;
            }

            _grain = _class.Create(this, out var arguments);
            foreach (var argument in arguments)
            {
                if (argument is IStorage state)
                {
                    await Within(state.ReadStateAsync(deadline), deadline);
                }
            }

            await Within(((IGrainBase)_grain).OnActivateAsync(deadline), deadline);
        }
        catch (Exception exception)
        {
            LogActivationFailed(Catalog.Logger, exception, _class.Type);
            await DisposeGrainAsync();
            Abort(exception is OperationCanceledException && deadline.IsCancellationRequested
                ? new TimeoutException($"A grain of {_class.Type} was not activated in time.", exception)
                : exception);
            return;
        }

        // Whoever walks through the directory after a change of the view finds it there; if that was before it came, it finds the change.
        if (IsElsewhere)
        {
            EndMoved();
        }

        lock (this)
        {
            if (_status == ActivationStatus.Activating)
            {
                _status = ActivationStatus.Valid;
                _busy = false;
            }
        }
    }

    // False if the grain belongs elsewhere by now.
    private async ValueTask<bool> TakeOverAsync(CancellationToken deadline)
    {
        while (Catalog.Handover.IsHeld(GrainId) && !IsElsewhere)
        {
            await Catalog.Handover.ChangedAsync(GrainId, deadline);
        }

        return _status != ActivationStatus.Invalid && !IsElsewhere;
    }

    private async Task DeactivateAsync()
    {
        StopTimers();
        var deadline = Catalog.DeactivationDeadline.Next();
        try
        {
            await Within(((IGrainBase)_grain!).OnDeactivateAsync(_extras!.Ending!.Value, deadline), deadline);
        }
        catch (Exception exception)
        {
            LogDeactivationFailed(Catalog.Logger, exception, _class.Type);
        }

        await DisposeGrainAsync();
        Leave();
    }

    // Those who wait go on to the next activation, here, where it stands in the directory before anyone can see that this one is
    // gone, or at the silo that the grain belongs to now.
    private void Leave()
    {
        Activation? next = null;
        Turn? waiting;
        var isElsewhere = IsElsewhere;
        lock (this)
        {
            if (_status == ActivationStatus.Invalid)
            {
                return;
            }

            _status = ActivationStatus.Invalid;
            _busy = false;
            waiting = TurnQueue.TakeAll(ref _lastWaiting);
            var fruitless = _served ? 0 : _fruitless + 1;
            if (waiting is not null && !isElsewhere && fruitless <= MaxFruitless)
            {
                next = new Activation(_class, _key, _home) { _lastWaiting = waiting, _fruitless = (byte)fruitless };
            }

            _home.Replace(this, next);
        }

        Gone();
        if (next is not null)
        {
            next.Start();
            Catalog.EndIfUnwanted(next);
        }
        else if (isElsewhere)
        {
            SendOn(waiting);
        }
        else
        {
            Reject(waiting, new OrleansMessageRejectionException($"Grains of {_class.Type} deactivate before they serve a call."));
        }
    }

    private void Gone()
    {
        StopTimers();
        TaskCompletionSource? deactivated;
        lock (this)
        {
            deactivated = _extras?.Deactivated;
        }

        deactivated?.TrySetResult();
        Catalog.OnGone(this);
    }

    private async ValueTask DisposeGrainAsync()
    {
        try
        {
            if (_grain is IAsyncDisposable asyncDisposable)
            {
                await asyncDisposable.DisposeAsync();
            }
            else if (_grain is IDisposable disposable)
            {
                disposable.Dispose();
            }
        }
        catch (Exception exception)
        {
            LogDeactivationFailed(Catalog.Logger, exception, _class.Type);
        }
    }

    private static Task Within(Task task, CancellationToken deadline) => task.IsCompleted ? task : task.WaitAsync(deadline);

    private void SendOn(Turn? waiting)
    {
        while (TurnQueue.Take(ref waiting) is { } turn)
        {
            Catalog.SendOn(GrainId, turn);
        }
    }

    private static void Reject(Turn? waiting, Exception exception)
    {
        while (TurnQueue.Take(ref waiting) is { } turn)
        {
            turn.Reject(exception);
        }
    }
}
