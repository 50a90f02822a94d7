using Otp.Gateway.Tests.Verify;

namespace Otp.Cluster.Verify;

/// <summary>Twilio's official SDKs, unchanged but for the host, against processes: what one gateway starts, the other finishes.</summary>
public abstract class SdkTests(SdkCluster cluster)
{
    private readonly Uri[] _gateways = cluster.Gateways;

    [Fact]
    public async Task Sdk_for_dotnet_does_the_scenario()
    {
        await using var sdk = new DotnetSdk(_gateways);

        await SdkScenario.RunAsync(sdk, _gateways[0]);
    }

    [Fact]
    public async Task Sdk_for_node_does_the_scenario()
    {
        await using var sdk = await NodeSdk.StartAsync(_gateways);

        await SdkScenario.RunAsync(sdk, _gateways[0]);
    }
}

/// <summary>Against one gateway with its state in memory.</summary>
public sealed class EmbeddedSdkTests(EmbeddedGateway cluster) : SdkTests(cluster), IClassFixture<EmbeddedGateway>;

/// <summary>Against two gateways that host silos.</summary>
public sealed class CombinedSdkTests(CombinedGateways cluster) : SdkTests(cluster), IClassFixture<CombinedGateways>;

/// <summary>Against two gateways and two silos.</summary>
public sealed class SplitSdkTests(SplitCluster cluster) : SdkTests(cluster), IClassFixture<SplitCluster>;
