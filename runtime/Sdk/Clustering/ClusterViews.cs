namespace Orleans.Runtime;

/// <summary>The newest view, and those who wait for a newer one.</summary>
internal sealed class ClusterViews
{
    private readonly Lock _lock = new();
    private volatile ClusterView _current = ClusterView.Empty;
    private TaskCompletionSource<ClusterView> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal ClusterView Current => _current;

    /// <summary>Makes a view the current one, unless it is older than that.</summary>
    internal bool TryPublish(ClusterView view)
    {
        TaskCompletionSource<ClusterView> next;
        lock (_lock)
        {
            if (view.Version <= _current.Version)
            {
                return false;
            }

            _current = view;
            next = _next;
            _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        next.TrySetResult(view);
        return true;
    }

    /// <inheritdoc cref="IClusterViews.NewerThanAsync"/>
    internal Task<ClusterView> NewerThanAsync(long version, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _current.Version > version ? Task.FromResult(_current) : _next.Task.WaitAsync(cancellationToken);
        }
    }
}
