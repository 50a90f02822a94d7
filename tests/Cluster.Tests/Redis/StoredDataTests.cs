using Otp.Cluster.Processes;

namespace Otp.Cluster.Redis;

public sealed class StoredDataTests
{
    [Fact]
    public async Task Redis_holds_no_target_and_no_code_in_clear_and_nothing_for_ever()
    {
        await using var cluster = await OtpCluster.StartAsync(new ClusterShape(1, 1));

        var stored = await new StoredDataRun(cluster).RunAsync(1000);

        TestContext.Current.TestOutputHelper!.WriteLine(stored.ToString());
        Assert.Empty(stored.Findings);
        Assert.True(stored.Records >= 1000);
    }

    [Fact]
    public async Task Events_that_wait_show_no_target_and_no_code_either()
    {
        var nowhere = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Otp__Programs__19__Events__Url"] = $"http://127.0.0.1:{FreePort.Next()}",
            ["Otp__Programs__19__Events__Secrets__0"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            ["Otp__Programs__19__Events__IncludeTarget"] = "true",
        };
        await using var cluster = await OtpCluster.StartAsync(new ClusterShape(1, 1), nowhere);

        var stored = await new StoredDataRun(cluster).RunAsync(200);

        Assert.Empty(stored.Findings);
        Assert.True(stored.Records > 200, "No outbox is stored.");
    }
}
