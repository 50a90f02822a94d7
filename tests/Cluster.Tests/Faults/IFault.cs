using Otp.Cluster.Processes;

namespace Otp.Cluster.Faults;

/// <summary>Something bad that happens to a cluster, and its repair.</summary>
internal interface IFault
{
    /// <summary>What the command line calls it.</summary>
    string Name { get; }

    /// <summary>Makes it happen, notes when, and repairs it: afterwards the cluster has as many processes as before.</summary>
    /// <exception cref="FaultException">The cluster did not behave as it must.</exception>
    Task HappenAsync(OtpCluster cluster, FaultLog log, Random random);
}
