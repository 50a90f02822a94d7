using Otp.Cluster.Processes;

namespace Otp.Cluster.Faults;

/// <summary>
/// For 8 s no silo can reach another, but Redis and the gateways can be reached. One silo stays; the others are declared dead, end
/// themselves, and are replaced when silos can be reached again.
/// </summary>
internal sealed class SilosCutFromEachOther : IFault
{
    private static readonly TimeSpan Cut = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(4);

    public string Name => "cut";

    public async Task HappenAsync(OtpCluster cluster, FaultLog log, Random random)
    {
        var span = log.Begin(Name, StallLimit);
        List<SiloNode> silos = [.. cluster.Silos];
        foreach (var silo in silos)
        {
            silo.ToSilo!.Cut();
        }

        await Pause.ForAsync(Cut);
        foreach (var silo in silos)
        {
            silo.ToSilo!.Heal();
        }

        log.Note("healed");
        foreach (var ended in silos.Where(silo => silo.Process.HasExited))
        {
            await cluster.ReplaceAsync(ended);
        }

        log.Note("replaced");
        log.End(span, FaultLog.Recovery);
    }
}
