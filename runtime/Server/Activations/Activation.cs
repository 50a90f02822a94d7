using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Orleans.Runtime;

/// <summary>One grain in memory: runs its turns one at a time, each to its end.</summary>
/// <remarks>
/// It is the synchronization context of its grain's code, so the continuations of a turn come back here.
/// At any time at most one thread runs code of the activation, the one that set <see cref="_executing"/>: a caller's own thread
/// if nothing else was going on, or else a thread of the pool. All fields change under the lock on the activation itself; a lock
/// object apart would cost more than the queue and the state that it guards.
/// </remarks>
internal sealed partial class Activation : SynchronizationContext, IActivation, IThreadPoolWorkItem
{
    private readonly GrainClass _class;
    private readonly IdSpan _key;
    private readonly IActivationHome _home;
    private object? _grain;
    private RunningTurn? _running;
    private Turn? _lastWaiting;
    private SendOrPostCallback? _continuation;
    private object? _continuationState;
    private ActivationExtras? _extras;
    private GrainTimer? _timers;
    private int _usedAt;
    private int _keptUntil;
    private ActivationStatus _status;
    private bool _executing;
    private bool _busy;
    private bool _served;
    private byte _fruitless;

    internal Activation(GrainClass grainClass, IdSpan key, IActivationHome home)
    {
        _class = grainClass;
        _key = key;
        _home = home;
        _usedAt = Catalog.Sweeps;
        Catalog.OnCreated();
    }

    internal Catalog Catalog => _class.Catalog;

    /// <summary>Takes a call: runs it here and now if the grain is idle, or else queues it.</summary>
    /// <returns>False if this activation is gone and another must be found.</returns>
    internal bool TryCall(GrainRequest request, [NotNullWhen(true)] out Task? answer)
    {
        if (TryReserve())
        {
            answer = RunHere(request);
            return true;
        }

        answer = null;
        if (_status == ActivationStatus.Invalid)
        {
            return false;
        }

        var call = request.Pend();
        call.CaptureContext();
        call.Open(Catalog.Timeouts);
        if (!TryEnqueue(call, fromCaller: true))
        {
            _home.Enqueue(GrainId, call);
        }

        answer = call.Task;
        return true;
    }

    /// <summary>Claims the next turn for this thread, if the grain is idle.</summary>
    internal bool TryReserve()
    {
        lock (this)
        {
            if (_status != ActivationStatus.Valid || _executing || _busy || _lastWaiting is not null || IsEnding
                || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            {
                return false;
            }

            _executing = _busy = _served = true;
            _usedAt = Catalog.Sweeps;
            return true;
        }
    }

    /// <summary>Runs a call as the turn that <see cref="TryReserve"/> claimed.</summary>
    internal Task RunHere(GrainRequest request)
    {
        var caller = CallersContext.Leave();
        PendingCall? call = null;
        SetSynchronizationContext(this);
        var task = request.Start(_grain!);
        if (task.IsCompleted)
        {
            CheckFault(task);
            request.Trace?.End(task);
        }
        else
        {
            call = request.Pend();
            call.Open(Catalog.Timeouts);
            Await(call, task);
        }

        caller.Return();
        if (Release(ended: call is null, used: true))
        {
            Schedule();
        }

        return call?.Task ?? task;
    }

    /// <summary>Queues a turn.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="fromCaller">Whether this is the caller's own thread, on which a new activation can begin at once.</param>
    /// <returns>False if this activation is gone.</returns>
    internal bool TryEnqueue(Turn turn, bool fromCaller = false)
    {
        bool isFirst;
        lock (this)
        {
            if (_status == ActivationStatus.Invalid)
            {
                return false;
            }

            TurnQueue.Add(ref _lastWaiting, turn);
            if (turn.CountsAsUse)
            {
                _usedAt = Catalog.Sweeps;
            }

            if (_executing || _busy)
            {
                return true;
            }

            _executing = true;
            isFirst = _status == ActivationStatus.Creating;
        }

        if (fromCaller && isFirst && RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            RunHere();
        }
        else
        {
            Schedule();
        }

        return true;
    }

    /// <summary>Queues a continuation of the grain's code.</summary>
    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (this)
        {
            if (_continuation is null && _extras is not { HasContinuations: true })
            {
                _continuation = d;
                _continuationState = state;
            }
            else
            {
                Extras.AddContinuation(d, state);
            }

            if (_executing)
            {
                return;
            }

            _executing = true;
        }

        Schedule();
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Waiting for the code of a grain would block its turns.");

    public override SynchronizationContext CreateCopy() => this;

    private ActivationExtras Extras => _extras ??= new();

    // Runs what waits as the pool would, on the thread of a caller.
    private void RunHere()
    {
        var caller = CallersContext.Leave();
        ((IThreadPoolWorkItem)this).Execute();
        caller.Return();
    }

    private void Schedule() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
}
