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
}
