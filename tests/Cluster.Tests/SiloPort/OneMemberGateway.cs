using Otp.Cluster.Processes;
using Otp.Programs;

namespace Otp.Cluster.SiloPort;

/// <summary>A cluster of one silo and one gateway that is a member of it, for tests that knock at the gateway's port for silos.</summary>
public sealed class OneMemberGateway : OneSilo
{
    private readonly int _port = FreePort.Next();
    private ServiceProcess? _gateway;

    internal override ServiceProcess Process => _gateway!;

    internal override IReadOnlyList<int> Ports => [_port];

    private protected override ClusterShape Shape => new(1, 0, Topology: Topology.Member);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var url = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        string[] arguments =
        [
            $"--ConnectionStrings:redis=127.0.0.1:{Cluster.Redis.Port}",
            $"--Orleans:Endpoints:SiloPort={_port}",
            "--Orleans:Endpoints:AdvertisedIPAddress=127.0.0.1",
            $"--Urls={url}",
        ];
        _gateway = ServiceProcess.Start("member", "Gateway", Cluster.Settings, arguments, Cluster.Logs, url);
        await _gateway.ReadyAsync();
        Cluster.Balancer.Add(url);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        await base.DisposeAsync();
    }
}
