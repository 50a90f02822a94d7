using System.Globalization;
using System.Net;
using Otp.Cluster.Faults;
using Otp.Cluster.Load;
using Otp.Cluster.Processes;

namespace Otp.Cluster.Placement;

/// <summary>Where the targets are, on silos that are processes of their own and count their grains themselves.</summary>
public sealed class SpreadTests
{
    private const int Targets = 6_000;

    // What a silo holds that is no target.
    private const int Others = 50;

    [Fact]
    public async Task Targets_are_spread_evenly_and_a_silo_that_joins_or_leaves_moves_its_own_share_alone()
    {
        var nothingIsDelivered = new Dictionary<string, string>(StringComparer.Ordinal) { ["Otp__Delivery__Email__0"] = "discard" };
        await using var cluster = await OtpCluster.StartAsync(new ClusterShape(4, 1), nothingIsDelivered);
        await SendToAllAsync(cluster, "first");
        var four = await SiloCounts.ReadAsync(cluster);
        Assert.Equal(4, four.Count);
        Assert.All(four.Values, count => Assert.InRange(count, Targets / 4 * 0.9, (Targets / 4 * 1.1) + Others));

        await cluster.AddSiloAsync();
        await SendToAllAsync(cluster, "joined");
        var five = await SiloCounts.ReadAsync(cluster);
        var joined = Assert.Single(five.Keys.Except(four.Keys));
        Assert.InRange(five[joined], Targets / 5 * 0.9, (Targets / 5 * 1.1) + Others);
        // A target that had moved between the other four would be in memory twice.
        Assert.All(four, silo => Assert.InRange(five[silo.Key], silo.Value - Others, silo.Value + Others));

        await cluster.StopAsync(cluster.Silos[0]);
        await SendToAllAsync(cluster, "left");
        var left = await SiloCounts.ReadAsync(cluster);
        var gone = Assert.Single(five.Keys.Except(left.Keys));
        Assert.NotEqual(joined, gone);
        Assert.InRange(left.Sum(silo => silo.Value - five[silo.Key]), (Targets / 5 * 0.9) - Others, (Targets / 5 * 1.1) + Others);
        Assert.All(left, silo => Assert.InRange(silo.Value - five[silo.Key], (Targets / 20 * 0.8) - Others, (Targets / 20 * 1.2) + Others));
    }

    private static async Task SendToAllAsync(OtpCluster cluster, string round)
    {
        var clock = new RunClock();
        using var client = new LoadClient(cluster.Balancer, clock, new FaultLog(clock));
        await Parallel.ForAsync(0, Targets, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
        {
            var number = i.ToString(CultureInfo.InvariantCulture);
            var sent = await client.CallAsync(Rules.Standard.Client, OtpCall.Send($"spread-{number}@load.example.com"), $"{round}/{number}");
            Assert.Equal(HttpStatusCode.OK, sent.Status);
        });
    }
}
