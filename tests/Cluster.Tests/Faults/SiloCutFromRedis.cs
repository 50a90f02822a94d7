using Otp.Cluster.Processes;

namespace Otp.Cluster.Faults;

/// <summary>One silo alone cannot reach Redis for 8 s, and nobody tells it: the others take over its targets.</summary>
internal sealed class SiloCutFromRedis : IFault
{
    private static readonly TimeSpan Cut = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan ReturnLimit = TimeSpan.FromSeconds(10);

    public string Name => "cut-redis";

    public async Task HappenAsync(OtpCluster cluster, FaultLog log, Random random)
    {
        var silo = cluster.Silos[random.Next(cluster.Silos.Count)];
        var span = log.Begin(Name, SiloKilled.StallLimit);
        silo.ToRedis!.Cut();
        await Pause.ForAsync(Cut);
        log.Note("healed");
        silo.ToRedis.Heal();
        if (!await Pause.UntilAsync(silo.Process.IsReadyAsync, ReturnLimit))
        {
            throw new FaultException($"{silo.Process.Name} was cut off from Redis and did not come back.");
        }

        log.End(span, FaultLog.Recovery);
    }
}
