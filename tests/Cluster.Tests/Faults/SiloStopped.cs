using Otp.Cluster.Processes;

namespace Otp.Cluster.Faults;

/// <summary>
/// A silo stands still for 10 s (SIGSTOP, SIGCONT) and wakes up when others own what it owned: it ends itself, and a new one takes its place.
/// </summary>
internal sealed class SiloStopped : IFault
{
    private static readonly TimeSpan Sleep = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(2.5);

    public string Name => "stop";

    public async Task HappenAsync(OtpCluster cluster, FaultLog log, Random random)
    {
        var silo = cluster.Silos[random.Next(cluster.Silos.Count)];
        var span = log.Begin(Name, StallLimit);
        await silo.Process.SignalAsync("STOP");
        await Pause.ForAsync(Sleep);
        log.Note("continue");
        await silo.Process.SignalAsync("CONT");
        await cluster.ReplaceAsync(silo);
        log.Note("replaced");
        log.End(span, FaultLog.Recovery);
    }
}
