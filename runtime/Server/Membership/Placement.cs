namespace Orleans.Runtime;

/// <summary>A view as one silo sees it.</summary>
internal sealed class Placement(ClusterView view, SiloAddress silo)
{
    private readonly ClusterMember? _self = view.Find(silo);

    /// <summary>Before anything is known.</summary>
    internal static Placement None { get; } = new(ClusterView.Empty, SiloAddress.New(new(0, 0), 0));

    /// <summary>Whether a grain belongs to another silo.</summary>
    internal bool IsElsewhere(GrainId grain) => view.Owner(grain) is { } owner && !ReferenceEquals(owner, _self);
}
