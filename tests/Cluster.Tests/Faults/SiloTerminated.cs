using Otp.Cluster.Processes;

namespace Otp.Cluster.Faults;

/// <summary>SIGTERM: a silo hands over and leaves; a new one takes its place.</summary>
internal sealed class SiloTerminated : IFault
{
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(30);

    public string Name => "term";

    public async Task HappenAsync(OtpCluster cluster, FaultLog log, Random random)
    {
        var silo = cluster.Silos[random.Next(cluster.Silos.Count)];
        cluster.Forget(silo);
        var span = log.Begin(Name, StallLimit);
        await silo.Process.SignalAsync("TERM");
        var exitCode = await silo.Process.ExitAsync(ExitLimit);
        if (exitCode != 0)
        {
            throw new FaultException($"{silo.Process.Name} was told to end and {(exitCode is { } code ? $"ended with exit code {code}" : "did not end in time")}.");
        }

        log.Note("ended");
        await cluster.AddSiloAsync();
        log.Note("replaced");
        log.End(span, FaultLog.Recovery);
    }
}
