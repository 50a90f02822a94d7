using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>The grains of this silo: takes calls to them, collects idle ones, and ends all when the silo stops.</summary>
internal sealed partial class Catalog : IGrainCalls, IGrainResolver, IDisposable
{
    private readonly GrainTypeMap _types;
    private readonly ConcurrentDictionary<GrainType, GrainClass> _classes = new();
    private readonly ActivationDirectory _directory;
    private readonly StatelessWorkers _workers;
    private readonly GrainCollectionOptions _collection;
    private readonly Membership _membership;
    private readonly Lease _lease;
    private readonly Lazy<ClusterCalls?> _cluster;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _sweeper;
    private readonly Counter<int> _created;
    private readonly Counter<int> _destroyed;
    private volatile State _state;
    private int _live;
    private int _sweeps;

    public Catalog(
        IServiceProvider services,
        Membership membership,
        Lease lease,
        Departures departures,
        Handover handover,
        IOptions<GrainCollectionOptions> collection,
        IOptions<SiloMessagingOptions> messaging,
        [FromKeyedServices(TimeProviderNames.Grains)] TimeProvider grainClock,
        [FromKeyedServices(TimeProviderNames.Messaging)] TimeProvider messagingClock,
        [FromKeyedServices(TimeProviderNames.ActivationManagement)] TimeProvider activationClock,
        OrleansInstruments instruments,
        ILoggerFactory loggers)
    {
        Services = services;
        _membership = membership;
        _lease = lease;
        Departures = departures;
        Handover = handover;
        _cluster = new(services.GetService<ClusterCalls>);
        _collection = collection.Value;
        Logger = loggers.CreateLogger("Orleans.Grains");
        Timeouts = new ResponseTimeouts(
            messaging.Value.ResponseTimeout, messagingClock, new RequestInstruments(instruments), loggers.CreateLogger("Orleans.Messaging"));
        Timers = new TimerQueue(grainClock);
        ActivationDeadline = new DeadlineSource(_collection.ActivationTimeout, activationClock);
        DeactivationDeadline = new DeadlineSource(_collection.DeactivationTimeout, activationClock);
        GrainFactory = new GrainFactory(this, services);
        _types = new GrainTypeMap(services);
        _directory = new ActivationDirectory(this);
        _workers = new StatelessWorkers(this);
        _created = instruments.Meter.CreateCounter<int>(InstrumentNames.ActivationsCreated);
        _destroyed = instruments.Meter.CreateCounter<int>(InstrumentNames.ActivationsDestroyed);
        instruments.Meter.CreateObservableGauge(InstrumentNames.Activations, () => Volatile.Read(ref _live));
        using (ExecutionContext.SuppressFlow())
        {
            _sweeper = activationClock.CreateTimer(static self => ((Catalog)self!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private enum State
    {
        Created,
        Running,
        Stopping,
        Stopped,
    }

    internal IServiceProvider Services { get; }

    internal GrainFactory GrainFactory { get; }

    internal ILogger Logger { get; }

    internal ResponseTimeouts Timeouts { get; }

    internal TimerQueue Timers { get; }

    internal DeadlineSource ActivationDeadline { get; }

    internal DeadlineSource DeactivationDeadline { get; }

    /// <summary>How often idle activations have been looked for: the clock that their use is measured by.</summary>
    internal int Sweeps => Volatile.Read(ref _sweeps);

    internal TimeSpan SweepPeriod => _collection.CollectionQuantum;

    internal bool IsStopped => _state == State.Stopped;

    public Task Call(GrainId target, GrainRequest request)
    {
        try
        {
            while (!IsElsewhere(target))
            {
                if (Refuses(request, out var answer) || _directory.GetOrAdd(target).TryCall(request, out answer))
                {
                    return answer;
                }
            }

            return request.Fault(new TransientRejectionException("The grain belongs to another silo."));
        }
        catch (Exception exception)
        {
            return request.Fault(exception);
        }
    }

    public GrainInterface Resolve(Type grainInterface, string? classNamePrefix)
    {
        var grainType = _types.Resolve(grainInterface, classNamePrefix);
        return new GrainInterface(grainInterface.FullName!, grainType, WayTo(grainType));
    }

    /// <summary>The way from this silo to the grains of a type, wherever they live.</summary>
    internal IGrainCalls WayTo(GrainType grainType) =>
        ActivityPropagation.Trace(ClassOf(grainType).IsStatelessWorker ? _workers : _cluster.Value ?? (IGrainCalls)this, Services);

    /// <summary>The way to the grains of a type that live in this silo.</summary>
    internal IGrainCalls LocalCallsOf(GrainType grainType) => ClassOf(grainType).IsStatelessWorker ? _workers : this;

    /// <summary>What other processes may call here.</summary>
    internal CallTable MakeCallTable() => new(_types);

    internal GrainClass ClassOf(GrainType grainType) =>
        _classes.GetOrAdd(grainType, static (grainType, self) => new(self._types.ClassOf(grainType), grainType, self, self._collection), this);

    /// <summary>Whether the silo may start a turn; false once its lease is over, and then all activations are about to be dropped.</summary>
    internal bool MayServe => _lease.IsValid;

    /// <summary>Whether a call is not let in, and then its answer.</summary>
    /// <remarks>While the silo stops, grains that still have a turn to end may call others.</remarks>
    internal bool Refuses(GrainRequest request, [NotNullWhen(true)] out Task? answer)
    {
        var open = _state == State.Running || (_state == State.Stopping && RuntimeContext.Current is not null);
        answer = !open ? request.Fault(Unavailable())
            : !MayServe ? request.Fault(new TransientRejectionException("This silo has no lease at present."))
            : request.CancellationToken is { IsCancellationRequested: true } token ? request.Fault(new OperationCanceledException(token))
            : null;
        return answer is not null;
    }

    internal static SiloUnavailableException Unavailable() => new("The silo has not started, is stopping, has stopped or has lost its lease.");

    internal void OnCreated()
    {
        Interlocked.Increment(ref _live);
        _created.Add(1);
    }

    internal void OnGone(Activation activation)
    {
        Departures.Remove(activation);
        _destroyed.Add(1);
        if (Interlocked.Decrement(ref _live) == 0 && _state >= State.Stopping)
        {
            _drained.TrySetResult();
        }
    }

    private void Sweep()
    {
        var sweep = Interlocked.Increment(ref _sweeps);
        ForEach(activation => activation.CollectIfIdle(sweep));
    }

    internal void ForEach(Action<Activation> action)
    {
        _directory.ForEach(action);
        _workers.ForEach(action);
    }
}
