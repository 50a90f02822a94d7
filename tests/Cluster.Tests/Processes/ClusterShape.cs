using Otp.Programs;

namespace Otp.Cluster.Processes;

/// <summary>How many processes of which kind a cluster begins with.</summary>
/// <param name="Silos">Silos of their own; none means gateways that host silos, or else one gateway with its state in memory and no Redis.</param>
/// <param name="Gateways">Gateways.</param>
/// <param name="IsCuttable">Whether the silos' ways to Redis and to each other lead through proxies.</param>
/// <param name="IsRecorded">Whether what silos say to each other, and gateways to silos, is recorded (<see cref="OtpCluster.Traffic"/>).</param>
/// <param name="Topology"><c>Otp:Topology</c>.</param>
internal sealed record ClusterShape(int Silos, int Gateways, bool IsCuttable = false, bool IsRecorded = false, Topology Topology = Topology.Split)
{
    public bool IsEmbedded => Silos == 0 && Topology != Topology.Combined;
}
