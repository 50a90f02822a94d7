using System.Net;

namespace Orleans.Runtime;

/// <summary>One silo of the cluster, as the membership table has it.</summary>
/// <param name="Silo">Its name: the endpoint for other silos, and the run's generation.</param>
/// <param name="Gateway">The endpoint for clients.</param>
/// <param name="Name">What people call it.</param>
/// <param name="IsLeaving">It still answers what it was asked, but is given no grain any more.</param>
internal sealed record ClusterMember(SiloAddress Silo, IPEndPoint Gateway, string Name, bool IsLeaving = false);
