using Otp.Cluster.Processes;

namespace Otp.Cluster.Faults;

/// <summary><c>kill -9</c> of a silo; a new one takes its place.</summary>
/// <param name="isBehindProxy">Whether a proxy goes on accepting connections, so that nothing proves the silo's death.</param>
internal sealed class SiloKilled(bool isBehindProxy = false) : IFault
{
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan StallLimitBehindProxy = TimeSpan.FromSeconds(4);

    public string Name => isBehindProxy ? "kill-proxied" : "kill";

    /// <summary>Whether it needs proxies on the ways to silos.</summary>
    public bool IsBehindProxy => isBehindProxy;

    public async Task HappenAsync(OtpCluster cluster, FaultLog log, Random random)
    {
        var silo = cluster.Silos[random.Next(cluster.Silos.Count)];
        cluster.Forget(silo);
        var span = log.Begin(Name, isBehindProxy ? StallLimitBehindProxy : StallLimit);
        if (!isBehindProxy)
        {
            silo.ToSilo?.Refuse();
        }

        await silo.Process.KillAsync();
        await cluster.AddSiloAsync();
        log.Note("replaced");
        log.End(span, FaultLog.Recovery);
    }
}
