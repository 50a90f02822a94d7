namespace Orleans.Runtime;

/// <summary>What this process knows of the cluster's membership.</summary>
internal interface IClusterViews
{
    /// <summary>The newest view known here; its version never goes back.</summary>
    ClusterView Current { get; }

    /// <summary>Completes with a view newer than a version: at once if there is one.</summary>
    Task<ClusterView> NewerThanAsync(long version, CancellationToken cancellationToken);

    /// <summary>Asks the table now: called when a connection breaks or somebody speaks of a newer version. Never fails; calls made at once share one question.</summary>
    Task RefreshAsync();
}
