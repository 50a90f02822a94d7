namespace Orleans.Runtime;

/// <summary>A view of the cluster with the ways to its members.</summary>
/// <param name="View">The view.</param>
/// <param name="Self">The silo in this process; null if there is none or it is not a member.</param>
/// <param name="Lanes">The ways to each member, in the view's order; null for those that have none.</param>
internal sealed record Routes(ClusterView View, ClusterMember? Self, Lane[]?[] Lanes)
{
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
