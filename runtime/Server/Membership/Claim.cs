namespace Orleans.Runtime;

/// <summary>The grains that one silo may still serve although a newer view gives them to others.</summary>
internal sealed class Claim
{
    private readonly HandedOver _handedOver;
    private readonly ClusterMember? _silo;
    private readonly ClusterView _before;

    private Claim(HandedOver handedOver, ClusterMember? silo, ClusterView before)
    {
        _handedOver = handedOver;
        _silo = silo;
        _before = before;
    }

    /// <summary>The claim of a member.</summary>
    /// <param name="silo">The member.</param>
    /// <param name="handedOver">What it has given up.</param>
    /// <param name="view">The view.</param>
    /// <returns>Null if it has none.</returns>
    internal static Claim? Of(SiloAddress silo, HandedOver handedOver, ClusterView view)
    {
        if (view.Find(silo) is not { State: not MemberState.Joining } member)
        {
            return null;
        }

        if (handedOver.Version >= view.Version)
        {
            return new(handedOver, silo: null, ClusterView.Empty);
        }

        // Whoever has been active ever since that version was its rival all the time, so that grains for which the rival comes first were never its own.
        var claimant = member with { State = MemberState.Active };
        var rivals = view.Members.Where(other => other.State == MemberState.Active && other.Since <= handedOver.Version && !other.Silo.Equals(silo));
        return new(handedOver, claimant, new ClusterView(handedOver.Version, [claimant, .. rivals]));
    }

    internal bool Holds(GrainId grain) => (_silo is not null && ReferenceEquals(_before.Owner(grain), _silo)) || _handedOver.Excepts(grain);
}
