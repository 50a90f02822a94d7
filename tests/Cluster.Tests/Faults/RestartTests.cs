using System.Net;
using Otp.Cluster.Load;
using Otp.Cluster.Processes;

namespace Otp.Cluster.Faults;

/// <summary>A cluster of which every process was killed, so that the membership table is full of silos that nobody declared dead.</summary>
public sealed class RestartTests
{
    // Orleans by itself waits for each of them, for minutes. Processes take seconds to start, more on a busy machine.
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Silos_that_start_after_all_were_killed_serve_at_once_what_was_promised_before()
    {
        const string Target = "jane@restart.example.com";
        await using var cluster = await OtpCluster.StartAsync(new ClusterShape(3, 1));
        var clock = new RunClock();
        using var client = new LoadClient(cluster.Balancer, clock, new FaultLog(clock));
        var sent = await client.CallAsync(Rules.Standard.Client, OtpCall.Send(Target), "before");

        await Task.WhenAll(cluster.Silos.Select(silo => silo.Process.KillAsync()));
        foreach (var silo in cluster.Silos.ToList())
        {
            cluster.Forget(silo);
        }

        var killed = clock.Now;
        await Task.WhenAll(cluster.RestartAsync(cluster.Gateways[0], TimeSpan.Zero), cluster.AddSiloAsync(), cluster.AddSiloAsync());
        var verified = await client.CallAsync(Rules.Standard.Client, OtpCall.Verify(Target, sent.Code!), "after");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (sent.Status, verified.Status));
        Assert.InRange(clock.Now - killed, TimeSpan.Zero, StartLimit);
    }
}
