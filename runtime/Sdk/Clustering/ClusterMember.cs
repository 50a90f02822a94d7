using System.Net;

namespace Orleans.Runtime;

/// <summary>One silo of the cluster, as the membership table has it.</summary>
/// <param name="Silo">Its name: the endpoint for other silos, and the run's generation.</param>
/// <param name="Gateway">The endpoint for clients.</param>
/// <param name="Name">What people call it.</param>
/// <param name="State">Whether it is given grains.</param>
/// <param name="Since">The version of the view that it has been in this state from; the table says.</param>
internal sealed record ClusterMember(
    SiloAddress Silo, IPEndPoint Gateway, string Name, MemberState State = MemberState.Active, long Since = 0);
