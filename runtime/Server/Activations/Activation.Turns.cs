using Orleans.Storage;

namespace Orleans.Runtime;

internal sealed partial class Activation
{
    private const int ContinuationsInARow = 64;

    private enum Step
    {
        None,
        Continue,
        Turn,
        Activate,
        Deactivate,
    }

    /// <summary>Runs what waits, up to the end of a turn; then the rest is handed on, and the caller of that turn gets its answer.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        SetSynchronizationContext(this);
        var more = Run(out var ended);
        SetSynchronizationContext(syncContext: null);
        if (more)
        {
            Schedule();
        }

        ended?.Turn.Finish(ended.Task);
    }

    private bool HasWork => _continuation is not null || _extras is { HasContinuations: true } || (!_busy && NextLifeStep != Step.None);

    // A turn that its silo's lease, or the silo itself, did not outlive ends where it is: others may have decided since what it is about to do.
    private bool IsLost => !Catalog.MayServe || (_busy && _status == ActivationStatus.Invalid);

    private Step NextLifeStep => _status switch
    {
        ActivationStatus.Creating => Step.Activate,
        ActivationStatus.Valid when IsEnding => Step.Deactivate,
        ActivationStatus.Valid when _lastWaiting is not null => Step.Turn,
        _ => Step.None,
    };

    // True if work is left: this activation is still to be executed, by another work item.
    private bool Run(out RunningTurn? ended)
    {
        ended = null;
        for (var i = 0; i < ContinuationsInARow; i++)
        {
            switch (TakeStep(out var continuation, out var state, out var turn))
            {
                case Step.Continue when IsLost:
                    LogCutOff(Catalog.Logger, _class.Type);
                    break;
                case Step.Continue:
                    Continue(continuation!, state);
                    break;
                case Step.Turn when !Catalog.MayServe:
                    Catalog.SendOn(GrainId, turn!);
                    return Release(ended: true, used: false);
                case Step.Turn:
                    var task = turn!.Start(_grain!);
                    if (task.IsCompleted)
                    {
                        ended = new RunningTurn(turn, task);
                        End(ended);
                        return Release(ended: true, ended.Turn.CountsAsUse);
                    }

                    Await(turn, task);
                    break;
                case Step.Activate:
                    _ = ActivateAsync();
                    break;
                case Step.Deactivate:
                    _ = DeactivateAsync();
                    break;
                default:
                    return false;
            }

            if (_running is { HasEnded: true })
            {
                ended = _running;
                _running = null;
                return Release(ended: true, ended.Turn.CountsAsUse);
            }
        }

        return true;
    }

    private Step TakeStep(out SendOrPostCallback? continuation, out object? state, out Turn? turn)
    {
        turn = null;
        lock (this)
        {
            if (TryTakeContinuation(out continuation, out state))
            {
                return Step.Continue;
            }

            var step = _busy ? Step.None : NextLifeStep;
            if (step == Step.Turn && (turn = TurnQueue.Take(ref _lastWaiting)) is null)
            {
                // All that waited was abandoned; what is left may be an end that waited for it.
                step = NextLifeStep;
            }

            switch (step)
            {
                case Step.None:
                    _executing = false;
                    return step;
                case Step.Turn:
                    _served |= turn!.CountsAsUse;
                    break;
                default:
                    _status++;
                    break;
            }

            _busy = true;
            return step;
        }
    }

    private bool TryTakeContinuation(out SendOrPostCallback? continuation, out object? state)
    {
        (continuation, state) = (_continuation, _continuationState);
        if (continuation is not null)
        {
            _continuation = null;
            _continuationState = null;
            return true;
        }

        if (_extras is { HasContinuations: true })
        {
            (continuation, state) = _extras.TakeContinuation();
            return true;
        }

        return false;
    }

    private void Continue(SendOrPostCallback continuation, object? state)
    {
        try
        {
            continuation(state);
        }
        catch (Exception exception)
        {
            LogStrayFault(Catalog.Logger, exception, _class.Type);
        }
    }

    // Awaited in the grain's own context, so that the end of the turn is seen between its continuations.
    private void Await(Turn turn, Task task)
    {
        var running = new RunningTurn(turn, task);
        bool aborted;
        lock (this)
        {
            _running = running;
            aborted = _status == ActivationStatus.Invalid;
        }

        if (aborted)
        {
            turn.Reject(Catalog.Unavailable());
        }

        task.GetAwaiter().UnsafeOnCompleted(() => End(running));
    }

    private void End(RunningTurn running)
    {
        CheckFault(running.Task);
        running.Turn.OnEnded(running.Task);
        running.HasEnded = true;
    }

    private bool Release(bool ended, bool used)
    {
        lock (this)
        {
            if (ended)
            {
                _busy = false;
                _usedAt = used ? Catalog.Sweeps : _usedAt;
            }

            return _executing = HasWork;
        }
    }

    // Whoever wrote over somebody else's change knows an old state; the next call starts from the stored one.
    private void CheckFault(Task task)
    {
        if (task.IsFaulted && task.Exception.InnerException is InconsistentStateException { IsSourceActivation: true } exception)
        {
            exception.IsSourceActivation = false;
            Deactivate(new(DeactivationReasonCode.ApplicationError, exception, "The grain's state was changed by someone else."));
        }
    }
}
