using Otp.Cluster.Processes;

namespace Otp.Cluster.Faults;

/// <summary><c>kill -9</c> of a silo behind a proxy that goes on accepting connections, so that nothing proves its death; a new one takes its place.</summary>
internal sealed class SiloKilledBehindProxy : IFault
{
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(4);

    public string Name => "kill-proxied";

    public async Task HappenAsync(OtpCluster cluster, FaultLog log, Random random)
    {
        var silo = cluster.Silos[random.Next(cluster.Silos.Count)];
        cluster.Forget(silo);
        var span = log.Begin(Name, StallLimit);
        await silo.Process.KillAsync();
        await cluster.AddSiloAsync();
        log.Note("replaced");
        log.End(span, FaultLog.Recovery);
    }
}
