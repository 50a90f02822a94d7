using Otp.Cluster.Processes;

namespace Otp.Cluster.Faults;

/// <summary>
/// For 8 s no silo can reach another, but Redis and the gateways can be reached. Calls from grain to grain fail meanwhile: 503 and 502 (no
/// message gets into the inbox) are excused until a little after; no promise is.
/// </summary>
internal sealed class SilosCutFromEachOther : IFault
{
    private static readonly TimeSpan Cut = TimeSpan.FromSeconds(8);

    // An attempt to connect that began in time ends after a second, and the next one begins less than half a second later.
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(2);

    public string Name => "cut";

    public async Task HappenAsync(OtpCluster cluster, FaultLog log, Random random)
    {
        var span = log.Begin(Name, SiloKilled.StallLimit, Excuse.Unavailable | Excuse.Undelivered);
        foreach (var silo in cluster.Silos)
        {
            silo.ToSilo!.Cut();
        }

        await Pause.ForAsync(Cut);
        foreach (var silo in cluster.Silos)
        {
            silo.ToSilo!.Heal();
        }

        log.Note("healed");
        await Pause.ForAsync(Aftermath);
        log.End(span, FaultLog.Recovery);
    }
}
