using Otp.Cluster.Processes;

namespace Otp.Cluster.Faults;

/// <summary><c>kill -9</c> of a silo; a new one takes its place.</summary>
internal sealed class SiloKilled : IFault
{
    /// <summary>The longest that anybody may wait because of a silo that died without a word.</summary>
    public static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(2.5);

    public string Name => "kill";

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
