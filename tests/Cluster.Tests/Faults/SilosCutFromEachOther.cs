using Orleans.Otp.Cluster.Processes;

namespace Orleans.Otp.Cluster.Faults;

/// <summary>
/// For 8 s no silo can reach another, but Redis and the gateways can be reached. Calls from grain to grain fail meanwhile, so 503 is
/// excused; no promise is.
/// </summary>
internal sealed class SilosCutFromEachOther : IFault
{
    private static readonly TimeSpan Cut = TimeSpan.FromSeconds(8);

    public string Name => "cut";

    public async Task HappenAsync(OtpCluster cluster, FaultLog log, Random random)
    {
        var span = log.Begin(Name, SiloKilled.StallLimit, Excuse.Unavailable);
        foreach (var silo in cluster.Silos)
        {
            silo.ToSilo!.Cut();
        }

        await Pause.ForAsync(Cut);
        foreach (var silo in cluster.Silos)
        {
            silo.ToSilo!.Heal();
        }

        log.End(span, FaultLog.Recovery);
    }
}
