using Otp.Cluster.Processes;
using Otp.Programs;

namespace Otp.Cluster.Verify;

/// <summary>Processes that SDKs call.</summary>
public abstract class SdkCluster : IAsyncLifetime
{
    private OtpCluster _cluster = null!;

    internal Uri[] Gateways => [.. _cluster.Gateways.Select(static gateway => gateway.Url!)];

    private protected abstract ClusterShape Shape { get; }

    public async ValueTask InitializeAsync() => _cluster = await OtpCluster.StartAsync(Shape);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _cluster.DisposeAsync();
    }
}

/// <summary>One gateway with its state in memory.</summary>
public sealed class EmbeddedGateway : SdkCluster
{
    private protected override ClusterShape Shape => new(Silos: 0, Gateways: 1);
}

/// <summary>Two gateways that host silos.</summary>
public sealed class CombinedGateways : SdkCluster
{
    private protected override ClusterShape Shape => new(Silos: 0, Gateways: 2, Topology: Topology.Combined);
}

/// <summary>Two gateways and two silos.</summary>
public sealed class SplitCluster : SdkCluster
{
    private protected override ClusterShape Shape => new(Silos: 2, Gateways: 2);
}
