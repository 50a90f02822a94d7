namespace Orleans.Runtime;

/// <summary>A view as one silo sees it.</summary>
internal sealed class Placement(ClusterView view, SiloAddress silo)
{
    private readonly ClusterMember? _self = view.Find(silo);

    /// <summary>Before anything is known.</summary>
    internal static Placement None { get; } = new(ClusterView.Empty, SiloAddress.New(new(0, 0), 0));

    internal long Version => view.Version;

    /// <summary>Whether a grain belongs to another silo. To a silo that joins all belong that it asks for itself: nobody else asks it.</summary>
    internal bool IsElsewhere(GrainId grain) =>
        view.Owner(grain) is { } owner && !ReferenceEquals(owner, _self) && _self is not { State: MemberState.Joining };
}
