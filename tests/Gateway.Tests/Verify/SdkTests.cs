using Otp.Gateway.Tests.OpenApi;

namespace Otp.Gateway.Tests.Verify;

/// <summary>Twilio's official SDKs, unchanged but for the host.</summary>
public sealed class SdkTests(VerifyFixture fixture)
{
    [Fact]
    public async Task Sdk_for_dotnet_sends_checks_fetches_and_cancels()
    {
        using var sdk = new TwilioSdk(fixture.Gateway.Gateway.Http.BaseAddress!);

        await sdk.RunAsync();
    }

    [Fact]
    public async Task Sdk_for_node_sends_checks_fetches_and_cancels()
    {
        var output = await NodeTool.RunAsync(
            "twilio.mjs", fixture.Gateway.Gateway.Http.BaseAddress!.ToString(), TwilioSdk.Account, TwilioSdk.Token, TwilioSdk.Service);

        Assert.Equal(["service", "sms", "email", "canceled", "refusals"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
