using Otp.Cluster.Processes;

namespace Otp.Cluster.Events;

/// <summary>The short form of <c>--events 100000</c> (<see cref="Chaos.ChaosOptions"/>).</summary>
public sealed class EventRunTests
{
    [Fact]
    public async Task Every_event_arrives_in_order_while_silos_are_killed_and_the_endpoint_refuses_half_of_its_calls()
    {
        var output = TestContext.Current.TestOutputHelper!;
        await using var endpoint = await EventEndpoint.StartAsync();
        await using var cluster = await OtpCluster.StartAsync(new ClusterShape(3, 1), endpoint.Settings);

        var findings = await new EventRun(cluster, endpoint, output.WriteLine).RunAsync(events: 1_000, kills: 3, every: TimeSpan.FromSeconds(5));

        cluster.KeepsLogs = findings.Count > 0;
        Assert.Empty(findings);
    }
}
