namespace Otp.Cluster.Processes;

/// <summary>A silo's process, and the proxies on its ways.</summary>
/// <param name="Process">The process.</param>
/// <param name="SiloPort">Where other silos find it.</param>
/// <param name="GatewayPort">Where gateways find it.</param>
/// <param name="ToRedis">On its way to Redis, in a cuttable cluster.</param>
/// <param name="ToSilo">On the other silos' way to it, in a cuttable cluster.</param>
internal sealed record SiloNode(ServiceProcess Process, int SiloPort, int GatewayPort, TcpProxy? ToRedis, TcpProxy? ToSilo) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        if (ToRedis is not null)
        {
            await ToRedis.DisposeAsync();
        }

        if (ToSilo is not null)
        {
            await ToSilo.DisposeAsync();
        }
    }
}
