using Otp.Cluster.Processes;

namespace Otp.Cluster.Faults;

/// <summary>Redis is killed and, 3 s later, started again on its append-only file.</summary>
internal sealed class RedisRestarted : IFault
{
    private static readonly TimeSpan Down = TimeSpan.FromSeconds(3);

    public string Name => "redis";

    public async Task HappenAsync(OtpCluster cluster, FaultLog log, Random random)
    {
        var span = log.Begin(Name, FaultLog.CalmLimit, Excuse.Unavailable);
        await cluster.Redis.KillAsync();
        await Pause.ForAsync(Down);
        await cluster.Redis.RunAsync();
        log.End(span, FaultLog.Recovery);
    }
}
