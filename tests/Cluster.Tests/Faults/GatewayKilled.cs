using Otp.Cluster.Processes;

namespace Otp.Cluster.Faults;

/// <summary><c>kill -9</c> of a gateway, which is started anew at its address: callers repeat on another one.</summary>
internal sealed class GatewayKilled : IFault
{
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Down = TimeSpan.FromSeconds(1);

    public string Name => "gateway";

    public async Task HappenAsync(OtpCluster cluster, FaultLog log, Random random)
    {
        var span = log.Begin(Name, StallLimit, Excuse.LostConnection);
        await cluster.RestartAsync(cluster.Gateways[random.Next(cluster.Gateways.Count)], Down);
        log.End(span, FaultLog.Recovery);
    }
}
