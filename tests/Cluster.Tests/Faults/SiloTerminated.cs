using Otp.Cluster.Processes;

namespace Otp.Cluster.Faults;

/// <summary>SIGTERM: a silo hands over and leaves; a new one takes its place.</summary>
internal sealed class SiloTerminated : IFault
{
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(0.5);

    public string Name => "term";

    public async Task HappenAsync(OtpCluster cluster, FaultLog log, Random random)
    {
        var silo = cluster.Silos[random.Next(cluster.Silos.Count)];
        var span = log.Begin(Name, StallLimit);
        await cluster.StopAsync(silo);
        log.Note("ended");
        await cluster.AddSiloAsync();
        log.Note("replaced");
        log.End(span, FaultLog.Recovery);
    }
}
