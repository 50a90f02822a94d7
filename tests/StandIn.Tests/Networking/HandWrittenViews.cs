namespace Orleans.StandIn.Networking;

/// <summary>A membership that changes when the test says so.</summary>
internal sealed class HandWrittenViews : IClusterViews
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ClusterView? _next;
    private int _refreshes;

    public ClusterView Current { get; private set; } = ClusterView.Empty;

    public int Refreshes => Volatile.Read(ref _refreshes);

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

    public Task RefreshAsync()
    {
        Interlocked.Increment(ref _refreshes);
        if (Interlocked.Exchange(ref _next, null) is { } next)
        {
            Set(next);
        }

        return Task.CompletedTask;
    }
}
