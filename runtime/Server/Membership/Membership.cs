using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;

namespace Orleans.Runtime;

/// <summary>This silo's part in the cluster: joins, keeps its lease, follows the view, leaves; having lost its lease, it joins again as a new silo.</summary>
/// <remarks>
/// Without a membership table the silo is a cluster of its own. All changes are made by the rounds of one loop. With each renewal the silo
/// says what it has given up, and hears what others have: a grain that moves is served by the one, then by the other, never by both.
/// </remarks>
internal sealed partial class Membership(
    LocalSiloDetails silo,
    Lease lease,
    Departures departures,
    Handover handover,
    [FromKeyedServices(TimeProviderNames.Membership)] TimeProvider clock,
    ILogger<Membership> logger,
    IMembershipLeases? table = null) : IClusterViews, IDisposable
{
    // An answer that takes longer counts as none: there is time for two more attempts before the lease ends.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    // While grains are awaited from others, the table is asked that often: at first, and then less and less.
    private static readonly TimeSpan FirstHandoverPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestHandoverPause = TimeSpan.FromMilliseconds(80);

    private readonly ClusterViews _views = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ViewPoll? _poll;
    private Task _rounds = Task.CompletedTask;
    private Exception? _failure;
    private TimeSpan _handoverPause = FirstHandoverPause;
    private volatile bool _isMember;
    private bool _isDisposed;
    private volatile MemberState _state = MemberState.Joining;
    private volatile Placement _placement = Placement.None;

    /// <summary>Called when the current view is another than before.</summary>
    internal Action? ViewChanged { get; set; }

    /// <summary>Called when the lease is over, and again before another begins: whatever this silo has in memory may be stale.</summary>
    internal Action? LeaseLost { get; set; }

    public ClusterView Current => _views.Current;

    /// <summary>Which grains the current view gives to this silo.</summary>
    internal Placement Placement => _placement;

    private ClusterMember Self => new(silo.SiloAddress, silo.GatewayAddress.Endpoint, silo.Name, _state);

    public Task<ClusterView> NewerThanAsync(long version, CancellationToken cancellationToken) => _views.NewerThanAsync(version, cancellationToken);

    public Task RefreshAsync() => _poll?.AskAsync() ?? Task.CompletedTask;

    /// <summary>Becomes a member that others know, and that has no grains yet.</summary>
    /// <exception cref="OrleansException">The table could not be reached before the token was cancelled.</exception>
    internal async Task JoinAsync(CancellationToken cancellationToken)
    {
        if (table is null)
        {
            lease.GrantForever();
            return;
        }

        departures.Changed = () => _ = RefreshAsync();
        _poll = new ViewPoll(RoundAsync, clock);
        _rounds = Task.Run(() => _poll.RunAsync(_stopping.Token), CancellationToken.None);
        await OrStopAsync(_joined.Task, cancellationToken);
    }

    /// <summary>Is given grains: completes when this silo's own view says so.</summary>
    /// <inheritdoc cref="JoinAsync"/>
    internal Task ServeAsync(CancellationToken cancellationToken) => OrStopAsync(EnterAsync(MemberState.Active, cancellationToken), cancellationToken);

    /// <summary>Gives no grain a place here any more: completes when this silo's own view says so. The lease goes on.</summary>
    internal Task BeginLeaveAsync() => EnterAsync(MemberState.Leaving, _stopping.Token);

    /// <summary>Is a member no more.</summary>
    internal async Task LeaveAsync()
    {
        await StopAsync();
        if (table is not null && _isMember)
        {
            try
            {
                await table.LeaveAsync(Self).WaitAsync(Patience, clock);
            }
            catch (Exception exception)
            {
                LogLeaveFailed(logger, exception);
            }
        }
    }

    /// <summary>Stops without a word, as a crash does.</summary>
    internal async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _rounds;
        lease.Drop();
    }

    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            _stopping.Cancel();
            _stopping.Dispose();
        }
    }

    private async Task EnterAsync(MemberState state, CancellationToken cancellationToken)
    {
        _state = state;
        if (table is null)
        {
            Publish(new ClusterView(Current.Version + 1, [Self]));
            return;
        }

        while (!cancellationToken.IsCancellationRequested && (state == MemberState.Active || _isMember) && Current.Find(silo.SiloAddress)?.State != state)
        {
            await RefreshAsync();
        }
    }

    private async Task OrStopAsync(Task task, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await StopAsync();
            throw new OrleansException($"The silo could not join cluster {silo.ClusterId}: its membership table does not answer. {_failure?.Message}", _failure!);
        }
    }

    private async Task<TimeSpan> RoundAsync()
    {
        LoseIfOver();
        if (_state == MemberState.Leaving && !_isMember)
        {
            return ViewPoll.Period;
        }

        var asked = clock.GetTimestamp();
        var pause = ViewPoll.RetryPause;
        try
        {
            var asMember = _isMember;
            var known = Current.Version;
            var reply = await (asMember ? table!.RenewAsync(Self, departures.Report(), known) : table!.JoinAsync(Self, known)).WaitAsync(Patience, clock);
            if (_failure is not null)
            {
                _failure = null;
                LogTableBack(logger);
            }

            pause = asMember ? Renewed(reply, asked) : Joined(reply, asked, known);
        }
        catch (Exception exception)
        {
            if (_failure is null && !_stopping.IsCancellationRequested)
            {
                LogTableAway(logger, exception.Message);
            }

            _failure = exception;
        }

        LoseIfOver();
        return pause;
    }

    private TimeSpan Renewed(in LeaseReply reply, long asked)
    {
        Publish(reply);
        if (reply.IsMember && lease.TryExtend(asked, table!.Duration))
        {
            return PauseAfter(reply);
        }

        lease.Drop();
        return TimeSpan.Zero;
    }

    private TimeSpan Joined(in LeaseReply reply, long asked, long known)
    {
        if (!reply.IsMember)
        {
            // A run of the same second, or an attempt of this one whose answer never came.
            silo.Renew();
            return TimeSpan.Zero;
        }

        LeaseLost?.Invoke();
        departures.Walked(known);
        _isMember = true;
        Publish(reply);
        lease.Grant(asked, table!.Duration);
        LogJoined(logger, silo.Name, silo.SiloAddress, Current.Version);
        _joined.TrySetResult();
        return PauseAfter(reply);
    }

    private TimeSpan PauseAfter(in LeaseReply reply)
    {
        if (!handover.IsAwaited)
        {
            _handoverPause = FirstHandoverPause;
            return reply.NextEnd;
        }

        var pause = _handoverPause;
        _handoverPause = pause * 2 < LongestHandoverPause ? pause * 2 : LongestHandoverPause;
        return pause;
    }

    private void LoseIfOver()
    {
        if (_isMember && !lease.IsValid)
        {
            _isMember = false;
            LogLeaseLost(logger, silo.Name, silo.SiloAddress);
            silo.Renew();
            LeaseLost?.Invoke();
        }
    }

    private void Publish(in LeaseReply reply)
    {
        handover.Update(reply.View ?? Current, silo.SiloAddress, reply.Laggards);
        if (reply.View is { } view)
        {
            Publish(view);
        }
    }

    private void Publish(ClusterView view)
    {
        if (_views.TryPublish(view))
        {
            _placement = new Placement(view, silo.SiloAddress);
            ViewChanged?.Invoke();
        }
    }
}
