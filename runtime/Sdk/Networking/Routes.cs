namespace Orleans.Runtime;

/// <summary>A view of the cluster with the ways to its members.</summary>
/// <param name="View">The view.</param>
/// <param name="Self">The silo in this process; null if there is none or it is not a member.</param>
/// <param name="Lanes">The ways to each member, in the view's order; null for those that have none.</param>
internal sealed record Routes(ClusterView View, ClusterMember? Self, Lane[]?[] Lanes)
{
    /// <summary>Whether the silo in this process joins: it then goes all the ways that a call goes, but to itself alone and by its own port.</summary>
    internal bool AreRehearsed { get; } = Self is { State: MemberState.Joining };

    /// <summary>The member that calls to a grain go to; null if there is none.</summary>
    internal ClusterMember? Owner(GrainId grain) => AreRehearsed ? Self : View.Owner(grain);

    /// <summary>Whether an owner is the silo in this process.</summary>
    internal bool IsMine(ClusterMember? owner) => owner is not null && ReferenceEquals(owner, Self) && !AreRehearsed;

    /// <summary>The way to a member for the calls of one grain; null if there is none.</summary>
    internal Lane? To(ClusterMember member, GrainId grain)
    {
        for (var i = 0; i < Lanes.Length; i++)
        {
            if (ReferenceEquals(View.Members[i], member))
            {
                return Lanes[i]?[(grain.GetHashCode() & int.MaxValue) % Wire.Lanes];
            }
        }

        return null;
    }
}
