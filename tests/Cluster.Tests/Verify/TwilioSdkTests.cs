using Otp.Cluster.Processes;
using Otp.Gateway.Tests.Verify;
using Otp.Redis.Servers;

namespace Otp.Cluster.Verify;

/// <summary>Twilio's SDK against processes: what one gateway starts, the other finishes.</summary>
public sealed class TwilioSdkTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 2)]
    public async Task Sdk_sends_checks_fetches_and_cancels(int silos, int gateways)
    {
        await using var cluster = await OtpCluster.StartAsync(new ClusterShape(silos, gateways));
        using var sdk = new TwilioSdk([.. cluster.Gateways.Select(gateway => gateway.Url!)]);

        await sdk.RunAsync();
    }

    [Fact]
    public async Task Sdk_sends_checks_fetches_and_cancels_on_combined_gateways()
    {
        var settings = ServiceSettings.Create();
        var logs = Directory.CreateTempSubdirectory("otp-cluster-");
        await using var redis = await RedisServer.StartAsync(new() { Port = FreePort.Next() });
        await using var first = Start();
        await first.ReadyAsync();
        await using var second = Start();
        await second.ReadyAsync();
        using var sdk = new TwilioSdk(first.Url!, second.Url!);

        await sdk.RunAsync();

        logs.Delete(recursive: true);

        ServiceProcess Start()
        {
            var url = new Uri($"http://127.0.0.1:{FreePort.Next()}");
            string[] arguments =
            [
                $"--ConnectionStrings:redis=127.0.0.1:{redis.Port}",
                "--Otp:Topology=Combined",
                $"--Orleans:Endpoints:SiloPort={FreePort.Next()}",
                $"--Orleans:Endpoints:GatewayPort={FreePort.Next()}",
                "--Orleans:Endpoints:AdvertisedIPAddress=127.0.0.1",
                $"--Urls={url}",
            ];
            return ServiceProcess.Start($"combined-{url.Port}", "Gateway", settings, arguments, logs.FullName, url);
        }
    }
}
