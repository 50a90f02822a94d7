namespace Otp.Cluster.Processes;

/// <summary>A silo's process, and the proxies on its ways.</summary>
/// <param name="Process">The process.</param>
/// <param name="SiloPort">Where other silos find it.</param>
/// <param name="GatewayPort">Where gateways find it.</param>
/// <param name="ToRedis">On its way to Redis, in a cuttable cluster.</param>
/// <param name="ToSilo">On the other silos' way to it, in a cuttable or a recorded cluster.</param>
/// <param name="ToGateway">On the gateways' way to it, in a recorded cluster.</param>
internal sealed record SiloNode(ServiceProcess Process, int SiloPort, int GatewayPort, TcpProxy? ToRedis, TcpProxy? ToSilo, TcpProxy? ToGateway) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        foreach (var proxy in new[] { ToRedis, ToSilo, ToGateway })
        {
            if (proxy is not null)
            {
                await proxy.DisposeAsync();
            }
        }
    }
}
