using Otp.Cluster.Processes;

namespace Otp.Cluster.Faults;

/// <summary>Every silo and every gateway is replaced, one after the other, by one of a later version; the next time by one of this version again.</summary>
internal sealed class Upgraded : IFault
{
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(0.5);

    // How long two versions serve side by side after each replacement.
    private static readonly TimeSpan Mixed = TimeSpan.FromSeconds(1);

    public string Name => "upgrade";

    public async Task HappenAsync(OtpCluster cluster, FaultLog log, Random random)
    {
        if (ServiceProcess.LaterVersion is null)
        {
            throw new FaultException("There is no later version: publish one with eng/next-version, and say where in OTP_PUBLISHED_NEXT.");
        }

        cluster.IsLater = !cluster.IsLater;
        var version = cluster.IsLater ? "the later version" : "this version";
        var span = log.Begin(Name, StallLimit);
        foreach (var silo in cluster.Silos.ToList())
        {
            await cluster.StopAsync(silo);
            log.Note($"{silo.Process.Name} ended");
            await cluster.AddSiloAsync();
            log.Note($"a silo of {version} serves");
            await Pause.ForAsync(Mixed);
        }

        foreach (var gateway in cluster.Gateways.ToList())
        {
            await cluster.RenewAsync(gateway);
            log.Note($"a gateway of {version} serves");
            await Pause.ForAsync(Mixed);
        }

        log.End(span, FaultLog.Recovery);
    }
}
