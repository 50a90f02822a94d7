using Otp.Cluster.Processes;

namespace Otp.Cluster.Faults;

/// <summary>One silo alone cannot reach Redis for 8 s, and nobody tells it: the others take over its targets, and it ends itself when it learns of it.</summary>
internal sealed class SiloCutFromRedis : IFault
{
    private static readonly TimeSpan Cut = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(4);

    public string Name => "cut-redis";

    public async Task HappenAsync(OtpCluster cluster, FaultLog log, Random random)
    {
        var silo = cluster.Silos[random.Next(cluster.Silos.Count)];
        var span = log.Begin(Name, StallLimit);
        silo.ToRedis!.Cut();
        await Pause.ForAsync(Cut);
        log.Note("healed");
        silo.ToRedis.Heal();
        await cluster.ReplaceAsync(silo);
        log.Note("replaced");
        log.End(span, FaultLog.Recovery);
    }
}
