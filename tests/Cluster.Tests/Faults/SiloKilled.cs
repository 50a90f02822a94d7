using Otp.Cluster.Processes;

namespace Otp.Cluster.Faults;

/// <summary><c>kill -9</c> of a silo, whose port then refuses connections; a new one takes its place.</summary>
internal sealed class SiloKilled : IFault
{
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(0.5);

    public string Name => "kill";

    public async Task HappenAsync(OtpCluster cluster, FaultLog log, Random random)
    {
        var silo = cluster.Silos[random.Next(cluster.Silos.Count)];
        cluster.Forget(silo);
        var span = log.Begin(Name, StallLimit);
        silo.ToSilo?.Refuse();
        await silo.Process.KillAsync();
        await cluster.AddSiloAsync();
        log.Note("replaced");
        log.End(span, FaultLog.Recovery);
    }
}
