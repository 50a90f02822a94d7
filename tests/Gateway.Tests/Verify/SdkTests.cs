namespace Otp.Gateway.Tests.Verify;

/// <summary>Twilio's official SDKs, unchanged but for the host, against a gateway in this process.</summary>
public sealed class SdkTests(VerifyFixture fixture)
{
    private readonly Uri _gateway = fixture.Gateway.Gateway.Http.BaseAddress!;

    [Fact]
    public async Task Sdk_for_dotnet_does_the_scenario()
    {
        await using var sdk = new DotnetSdk(_gateway);

        await SdkScenario.RunAsync(sdk, _gateway);
    }

    [Fact]
    public async Task Sdk_for_node_does_the_scenario()
    {
        await using var sdk = await NodeSdk.StartAsync(_gateway);

        await SdkScenario.RunAsync(sdk, _gateway);
    }
}
