namespace Orleans.StandIn.Networking;

/// <summary>A membership that changes when the test says so.</summary>
internal sealed class HandWrittenViews : IClusterViews
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ClusterView? _next;
    private TaskCompletionSource _refreshed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ClusterView Current { get; private set; } = ClusterView.Empty;

    public void Set(params IEnumerable<ClusterMember> members) => Set(new ClusterView(Current.Version + 1, members));

    public void Set(ClusterView view)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            Current = view;
            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    /// <summary>What the next refresh finds.</summary>
    public void SetAtRefresh(ClusterView view) => Volatile.Write(ref _next, view);

    public async Task<ClusterView> NewerThanAsync(long version, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (Current.Version > version)
                {
                    return Current;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Completes when somebody has asked for a newer view from now on.</summary>
    public Task RefreshedAsync()
    {
        var refreshed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _refreshed, refreshed);
        return refreshed.Task;
    }

    public Task RefreshAsync()
    {
        Volatile.Read(ref _refreshed).TrySetResult();
        if (Interlocked.Exchange(ref _next, null) is { } next)
        {
            Set(next);
        }

        return Task.CompletedTask;
    }
}
