using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>Takes each call to the silo that owns its grain: this process's own, or one at the other end of a connection.</summary>
/// <remarks>
/// A call that was sent is never sent again: it may have run. One that was not, or that a silo did not let in, looks for the owner
/// again until its time is over.
/// </remarks>
internal sealed class ClusterCalls : IGrainCalls, IDisposable
{
    private static readonly TimeSpan ViewPatience = TimeSpan.FromMilliseconds(250);

    private readonly ILocalGrains? _local;
    private readonly Handshake _handshake;
    private readonly ResponseTimeouts _timeouts;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly WaitingCalls _waiting;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private volatile Routes _routes = new(ClusterView.Empty, Self: null, []);
    private long _heard;

    /// <summary>Knows no silo until <see cref="Start"/>, or the first call.</summary>
    /// <param name="views">The cluster's membership.</param>
    /// <param name="local">The silo in this process; null in a client, which goes to the silos' gateways.</param>
    /// <param name="handshake">How connections are opened.</param>
    /// <param name="timeouts">Where calls that wait are kept.</param>
    /// <param name="clock">The clock of messaging.</param>
    /// <param name="logger">The log of messaging.</param>
    internal ClusterCalls(IClusterViews views, ILocalGrains? local, Handshake handshake, ResponseTimeouts timeouts, TimeProvider clock, ILogger logger)
    {
        Views = views;
        _local = local;
        _handshake = handshake;
        _timeouts = timeouts;
        _clock = clock;
        _logger = logger;
        _waiting = new WaitingCalls(Retry, clock);
    }

    internal IClusterViews Views { get; }

    internal GrainManifest Manifest { get; } = new();

    /// <summary>Follows the membership from here on: opens connections to silos that come, and gives up those that are gone.</summary>
    internal void Start()
    {
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(FollowAsync);
        }
    }

    public Task Call(GrainId target, GrainRequest request)
    {
        var routes = CurrentRoutes();
        if (routes.IsMine(routes.Owner(target)))
        {
            var answer = _local!.Call(target, request);
            if (!IsRejected(answer))
            {
                return answer;
            }
        }

        return Send(target, request, isForwarded: false);
    }

    /// <summary>Takes a call that came from another process.</summary>
    /// <param name="target">The grain.</param>
    /// <param name="request">The call.</param>
    /// <param name="isForwarded">Whether it has been sent on once already; it is not a second time.</param>
    /// <param name="viewVersion">The version of the membership by which the sender chose this silo.</param>
    internal Task Receive(GrainId target, GrainRequest request, bool isForwarded, long viewVersion)
    {
        if (viewVersion > Views.Current.Version)
        {
            var call = request.Pend();
            call.Open(_timeouts);
            _ = ReceiveWithNewerViewAsync(target, call, isForwarded, viewVersion);
            return call.Task;
        }

        var routes = CurrentRoutes();
        var owner = routes.Owner(target);
        return routes.IsMine(owner) || (routes.AreRehearsed && !isForwarded) || _local!.AreEverywhere(target.Type) ? _local!.Call(target, request)
            : isForwarded || owner is null ? request.Fault(new TransientRejectionException("This silo does not own the grain."))
            : Send(target, request, isForwarded: true);
    }

    /// <summary>Sends a call on that waited here for a grain which has moved away. It must not have been started.</summary>
    internal void Forward(GrainId target, PendingCall call) => SetOut(new(call, target, isForwarded: true));

    /// <summary>Somebody's membership has this version.</summary>
    internal void Heard(long version)
    {
        if (version > Views.Current.Version && Interlocked.Exchange(ref _heard, version) != version)
        {
            _ = Views.RefreshAsync();
        }
    }

    /// <summary>Tells all silos that the membership has changed.</summary>
    internal void TellView(long version) => Array.ForEach(AllLanes(), lane => lane.TellView(version));

    /// <summary>Completes when every member that is known now has been reached at least once.</summary>
    internal Task ReachedAsync()
    {
        CurrentRoutes();
        return Task.WhenAll(AllLanes().Select(static lane => lane.Opened));
    }

    /// <summary>Keeps a call that finds no way now, and was not let in anywhere.</summary>
    internal void TryLater(RemoteCall call) => _waiting.Add(call);

    /// <summary>Tries the calls that found no way.</summary>
    internal void Retry()
    {
        foreach (var call in _waiting.Take())
        {
            if (!call.Pending.IsAbandoned)
            {
                Route(call);
            }
        }
    }

    internal TimeSpan TimeLeft(PendingCall call) => _timeouts.TimeLeft(call);

    /// <summary>Waits for the answers to what was sent, then closes all connections.</summary>
    /// <param name="cancellationToken">The end of the patience.</param>
    internal async Task CloseAsync(CancellationToken cancellationToken)
    {
        var lanes = AllLanes();
        Array.ForEach(lanes, static lane => lane.Retire(abort: false));
        await Task.WhenAll(lanes.Select(static lane => lane.Ended))
            .WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Dispose();
    }

    /// <summary>Closes all connections; calls on the way fail.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_stopping.IsCancellationRequested)
            {
                _stopping.Cancel();
                Retire(_routes, new(ClusterView.Empty, Self: null, []));
                _routes = _routes with { Lanes = new Lane[]?[_routes.Lanes.Length] };
            }
        }

        _waiting.Dispose();
        foreach (var call in _waiting.Take())
        {
            call.Fail(new SiloUnavailableException("This process has left the cluster."));
        }
    }

    private Lane[] AllLanes()
    {
        lock (_gate)
        {
            return [.. _routes.Lanes.SelectMany(static lanes => lanes ?? [])];
        }
    }

    private static bool IsRejected(Task answer) => answer is { IsFaulted: true, Exception.InnerException: TransientRejectionException };

    private Task Send(GrainId target, GrainRequest request, bool isForwarded)
    {
        if (request.CancellationToken is { IsCancellationRequested: true } token)
        {
            return request.Fault(new OperationCanceledException(token));
        }

        var pending = request.Pend();
        var call = new RemoteCall(pending, target, isForwarded);
        pending.Remote = call;
        pending.Open(_timeouts);
        Route(call);
        return pending.Task;
    }

    private void SetOut(RemoteCall call)
    {
        call.Pending.Remote = call;
        Route(call);
    }

    private void Route(RemoteCall call)
    {
        var routes = CurrentRoutes();
        if (_stopping.IsCancellationRequested)
        {
            call.Fail(new SiloUnavailableException("This process has left the cluster."));
        }
        else if (routes.Owner(call.Target) is not { } owner)
        {
            TryLater(call);
        }
        else if (routes.IsMine(owner))
        {
            _ = CallLocallyAsync(call);
        }
        else if (routes.To(owner, call.Target) is { } lane)
        {
            lane.Send(call);
        }
        else
        {
            TryLater(call);
        }
    }

    private async Task CallLocallyAsync(RemoteCall call)
    {
        var answer = _local!.Call(call.Target, call.Pending.Request);
        await answer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (IsRejected(answer))
        {
            TryLater(call);
        }
        else
        {
            call.Answer(answer);
        }
    }

    private async Task ReceiveWithNewerViewAsync(GrainId target, PendingCall call, bool isForwarded, long viewVersion)
    {
        Heard(viewVersion);
        Task newer = Views.NewerThanAsync(viewVersion - 1, _stopping.Token);
        await newer.WaitAsync(ViewPatience, _clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var current = Views.Current.Version;

        // Whoever sent it knows more than this silo: it is answered or refused here, but not sent on.
        var answer = Receive(target, call.Request, isForwarded || viewVersion > current, Math.Min(viewVersion, current));
        await answer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        call.Finish(answer);
    }

    private async Task FollowAsync()
    {
        try
        {
            for (var version = 0L; ; version = CurrentRoutes().View.Version)
            {
                await Views.NewerThanAsync(version, _stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private Routes CurrentRoutes()
    {
        var routes = _routes;
        var view = Views.Current;
        return ReferenceEquals(routes.View, view) ? routes : Update(view);
    }

    private Routes Update(ClusterView view)
    {
        Routes routes;
        lock (_gate)
        {
            var old = _routes;
            if (view.Version <= old.View.Version || _stopping.IsCancellationRequested)
            {
                return old;
            }

            var self = _local is null ? null : view.Find(_local.Address);
            var lanes = view.Members.Select(member => NeedsWay(member, self) ? LanesTo(member, old) : null).ToArray();
            _routes = routes = new(view, self, lanes);
            Retire(old, routes);
        }

        Retry();
        return routes;
    }

    // A silo that leaves is sent nothing any more, and this process sends nothing to itself, unless it rehearses.
    private static bool NeedsWay(ClusterMember member, ClusterMember? self) =>
        member.State == MemberState.Joining || (member.State == MemberState.Active && !ReferenceEquals(member, self));

    private Lane[] LanesTo(ClusterMember member, Routes old)
    {
        for (var i = 0; i < old.Lanes.Length; i++)
        {
            if (old.Lanes[i] is { } lanes && old.View.Members[i].Silo.Equals(member.Silo))
            {
                return lanes;
            }
        }

        var endpoint = _local is null ? member.Gateway : member.Silo.Endpoint;
        return [.. Enumerable.Range(0, Wire.Lanes).Select(_ => new Lane(member.Silo, endpoint, this, _handshake, _clock, _logger))];
    }

    private static void Retire(Routes old, Routes next)
    {
        for (var i = 0; i < old.Lanes.Length; i++)
        {
            if (old.Lanes[i] is { } lanes && !next.Lanes.Contains(lanes))
            {
                // One that is still a member answers first what it was asked; one whose lease is over will not.
                var isLost = next.View.Find(old.View.Members[i].Silo) is null;
                Array.ForEach(lanes, lane => lane.Retire(abort: isLost));
            }
        }
    }
}
