using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;

namespace Orleans.Runtime;

/// <summary>This silo's part in the cluster: joins, keeps its lease, follows the view, leaves; having lost its lease, it joins again as a new silo.</summary>
/// <remarks>Without a membership table the silo is a cluster of its own. All changes are made by the rounds of one loop.</remarks>
internal sealed partial class Membership(
    LocalSiloDetails silo,
    Lease lease,
    [FromKeyedServices(TimeProviderNames.Membership)] TimeProvider clock,
    ILogger<Membership> logger,
    IMembershipLeases? table = null) : IClusterViews, IDisposable
{
    // An answer that takes longer counts as none: there is time for two more attempts before the lease ends.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly ClusterViews _views = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ViewPoll? _poll;
    private Task _rounds = Task.CompletedTask;
    private Exception? _failure;
    private volatile bool _isMember;
    private volatile bool _isLeaving;
    private volatile Placement _placement = Placement.None;

    /// <summary>Called when the current view is another than before.</summary>
    internal Action? ViewChanged { get; set; }

    /// <summary>Called when the lease is over, and again before another begins: whatever this silo has in memory may be stale.</summary>
    internal Action? LeaseLost { get; set; }

    public ClusterView Current => _views.Current;

    /// <summary>Which grains the current view gives to this silo.</summary>
    internal Placement Placement => _placement;

    private ClusterMember Self => new(silo.SiloAddress, silo.GatewayAddress.Endpoint, silo.Name, _isLeaving);

    public Task<ClusterView> NewerThanAsync(long version, CancellationToken cancellationToken) => _views.NewerThanAsync(version, cancellationToken);

    public Task RefreshAsync() => _poll?.AskAsync() ?? Task.CompletedTask;

    /// <summary>Becomes a member.</summary>
    /// <exception cref="OrleansException">The table could not be reached before the token was cancelled.</exception>
    internal async Task JoinAsync(CancellationToken cancellationToken)
    {
        if (table is null)
        {
            Publish(new ClusterView(1, [Self]));
            lease.GrantForever();
            return;
        }

        _poll = new ViewPoll(RoundAsync, clock);
        _rounds = Task.Run(() => _poll.RunAsync(_stopping.Token), CancellationToken.None);
        try
        {
            await _joined.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await StopAsync();
            throw new OrleansException($"The silo could not join cluster {silo.ClusterId}: its membership table does not answer. {_failure?.Message}", _failure!);
        }
    }

    /// <summary>Gives no grain a place here any more: completes when this silo's own view says so. The lease goes on.</summary>
    internal async Task BeginLeaveAsync()
    {
        _isLeaving = true;
        if (table is null)
        {
            Publish(new ClusterView(Current.Version + 1, [Self]));
            return;
        }

        while (_isMember && Current.Find(silo.SiloAddress) is { IsLeaving: false })
        {
            await RefreshAsync();
        }
    }

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

    public void Dispose() => _stopping.Dispose();

    private async Task<TimeSpan> RoundAsync()
    {
        LoseIfOver();
        if (_isLeaving && !_isMember)
        {
            return ViewPoll.Period;
        }

        var asked = clock.GetTimestamp();
        var pause = ViewPoll.RetryPause;
        try
        {
            var asMember = _isMember;
            var known = Current.Version;
            var reply = await (asMember ? table!.RenewAsync(Self, known) : table!.JoinAsync(Self, known)).WaitAsync(Patience, clock);
            if (_failure is not null)
            {
                _failure = null;
                LogTableBack(logger);
            }

            pause = asMember ? Renewed(reply, asked) : Joined(reply, asked);
        }
        catch (Exception exception)
        {
            if (_failure is null)
            {
                LogTableAway(logger, exception);
            }

            _failure = exception;
        }

        LoseIfOver();
        return pause;
    }

    private TimeSpan Renewed(in LeaseReply reply, long asked)
    {
        Publish(reply.View);
        if (reply.IsMember && lease.TryExtend(asked, table!.Duration))
        {
            return reply.NextEnd;
        }

        lease.Drop();
        return TimeSpan.Zero;
    }

    private TimeSpan Joined(in LeaseReply reply, long asked)
    {
        if (!reply.IsMember)
        {
            // A run of the same second, or an attempt of this one whose answer never came.
            silo.Renew();
            return TimeSpan.Zero;
        }

        LeaseLost?.Invoke();
        _isMember = true;
        Publish(reply.View);
        lease.Grant(asked, table!.Duration);
        LogJoined(logger, silo.Name, silo.SiloAddress, Current.Version);
        _joined.TrySetResult();
        return reply.NextEnd;
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

    private void Publish(ClusterView? view)
    {
        if (view is not null && _views.TryPublish(view))
        {
            _placement = new Placement(view, silo.SiloAddress);
            ViewChanged?.Invoke();
        }
    }
}
