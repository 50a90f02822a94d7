namespace Otp.Hosting.Cluster.Membership;

/// <summary>Writes this silo's heartbeat and reads the others', to know whether this silo may trust its memory, and which silo stands still.</summary>
public sealed partial class MembershipLease(
    IMembershipTable table,
    IServiceProvider services,
    ILocalSiloDetails silo,
    TimeProvider time,
    ILogger<MembershipLease> logger) : ILifecycleParticipant<ISiloLifecycle>, IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Heartbeats _heartbeats = new(ClusterTimes.HeartbeatTimeout, ClusterTimes.LongestGap, time);
    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;
    private Task _renewing = Task.CompletedTask;
    private long _seenActive = long.MinValue;

    /// <summary>The membership version under which memory is current; null where this silo has not seen itself active of late.</summary>
    public long? Version
    {
        get
        {
            var seen = Volatile.Read(ref _seenActive);
            return seen != long.MinValue && time.GetElapsedTime(seen) < ClusterTimes.LeaseDuration ? Membership.CurrentSnapshot.Version.Value : null;
        }
    }

    private IClusterMembershipService Membership => field ??= services.GetRequiredService<IClusterMembershipService>();

    /// <summary>Writes the heartbeat and reads the table now; a second caller meanwhile awaits the same renewal.</summary>
    /// <exception cref="TimeoutException">The table did not answer in time.</exception>
    public Task RenewAsync()
    {
        lock (_gate)
        {
            return _renewing.IsCompleted ? _renewing = RenewInTimeAsync() : _renewing;
        }
    }

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(MembershipLease),
        ServiceLifecycleStage.Active,
        _ =>
        {
            _running = Task.Run(RunAsync, CancellationToken.None);
            return Task.CompletedTask;
        },
        async _ =>
        {
            await _stopping.CancelAsync();
            await _running;
        });

    public ValueTask DisposeAsync()
    {
        _stopping.Dispose();
        return default;
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(ClusterTimes.HeartbeatInterval, time);
        try
        {
            do
            {
                try
                {
                    await RenewAsync();
                }
                catch (Exception exception) when (exception is not OperationCanceledException || !_stopping.IsCancellationRequested)
                {
                    LogNotRenewed(exception.GetType().FullName);
                }
            }
            while (await timer.WaitForNextTickAsync(_stopping.Token));
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    private async Task RenewInTimeAsync()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        try
        {
            await RenewOnceAsync(timeout.Token).WaitAsync(ClusterTimes.HeartbeatTimeout, time, _stopping.Token);
        }
        catch (Exception)
        {
            // What the table says too late says nothing any more.
            await timeout.CancelAsync();
            _heartbeats.Forget();
            throw;
        }
    }

    private async Task RenewOnceAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        await table.UpdateIAmAliveAsync(new MembershipEntry { SiloAddress = silo.SiloAddress, IAmAliveTime = time.GetUtcNow().UtcDateTime }, cancellationToken);
        var data = await table.ReadAllAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var members = data.Members.Select(m => m.Item1).ToList();
        var me = members.Find(m => m.SiloAddress.Equals(silo.SiloAddress));
        if (me is { Status: SiloStatus.Active })
        {
            Volatile.Write(ref _seenActive, start);
        }

        if (data.Version.Version > Membership.CurrentSnapshot.Version.Value || me is null or { Status: SiloStatus.Dead })
        {
            // Orleans takes it from the table, and ends this process if the table says that it is dead.
            await Membership.Refresh(new MembershipVersion(data.Version.Version), cancellationToken);
        }

        var others = members.Where(m => m.Status == SiloStatus.Active && !m.SiloAddress.Equals(silo.SiloAddress));
        foreach (var still in _heartbeats.FindStill(others.Select(m => (m.SiloAddress, m.IAmAliveTime))))
        {
            LogStandsStill(still, ClusterTimes.HeartbeatTimeout.TotalSeconds);
            await Membership.TryKill(still);
        }
    }

    [LoggerMessage(2021, LogLevel.Information, "The membership table could not be written and read ({ExceptionType}); until it can, this silo serves nothing")]
    private partial void LogNotRenewed(string? exceptionType);

    [LoggerMessage(2022, LogLevel.Warning, "Silo {Silo} has not written its heartbeat for {Seconds} s while this one could: it is declared dead")]
    private partial void LogStandsStill(SiloAddress silo, double seconds);
}
