namespace Orleans.Runtime;

/// <summary>The table that says which silos are members: each holds a lease there, and is out when it is over. The table's clock alone counts.</summary>
/// <remarks>Every operation first removes the members whose lease is over. Failing, it throws; it may have taken effect all the same.</remarks>
internal interface IMembershipLeases
{
    /// <summary>How long a lease lasts from a join or a renewal.</summary>
    TimeSpan Duration { get; }

    /// <summary>Adds a silo, which has no grains, in the place of an earlier run at its endpoint.</summary>
    /// <returns>Not a member if this very run is in the table already.</returns>
    Task<LeaseReply> JoinAsync(ClusterMember member, long knownVersion);

    /// <summary>Renews a lease.</summary>
    /// <param name="member">The member; its state only ever goes forward.</param>
    /// <param name="handedOver">What it has given up.</param>
    /// <param name="knownVersion">The version of the view that the silo has; 0 for none.</param>
    Task<LeaseReply> RenewAsync(ClusterMember member, HandedOver handedOver, long knownVersion);

    Task LeaveAsync(ClusterMember member);

    Task<LeaseReply> ReadAsync(long knownVersion);
}
