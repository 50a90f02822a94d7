using Otp.Cluster.Processes;

namespace Otp.Cluster.Faults;

/// <summary>A silo stands still for 10 s (SIGSTOP, SIGCONT), wakes up and believes that it still owns what it owned.</summary>
internal sealed class SiloStopped : IFault
{
    private static readonly TimeSpan Sleep = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WakeUpLimit = TimeSpan.FromSeconds(10);

    public string Name => "stop";

    public async Task HappenAsync(OtpCluster cluster, FaultLog log, Random random)
    {
        var silo = cluster.Silos[random.Next(cluster.Silos.Count)];
        var span = log.Begin(Name, SiloKilled.StallLimit);
        await silo.Process.SignalAsync("STOP");
        await Pause.ForAsync(Sleep);
        log.Note("continue");
        await silo.Process.SignalAsync("CONT");
        if (!await Pause.UntilAsync(silo.Process.IsReadyAsync, WakeUpLimit))
        {
            throw new FaultException($"{silo.Process.Name} stood still for a while and did not become ready again.");
        }

        log.End(span, FaultLog.Recovery);
    }
}
