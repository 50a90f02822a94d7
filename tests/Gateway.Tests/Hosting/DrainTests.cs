using System.Net;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Hosting;

/// <summary>A gateway that was told to stop: not ready for <c>Otp:DrainTime</c>, and it serves everything meanwhile.</summary>
public sealed class DrainTests
{
    private const string Inbox = "/dev/inbox/stream";

    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task It_serves_on_while_it_says_that_it_is_not_ready()
    {
        await using var gateway = await StartAsync();
        await using var watcher = await EventReader.OpenAsync(gateway, Inbox);
        await watcher.NextAsync();

        var stop = gateway.StopAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await gateway.GetAsync("/health/ready")).Status);
        Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync("/health/live")).Status);
        var target = TestGateway.NewTarget();
        var code = await gateway.SendCodeAsync(target);
        Assert.Equal(HttpStatusCode.OK, (await gateway.VerifyAsync(target, code)).Status);
        gateway.Time.Advance(DrainTime - TimeSpan.FromMilliseconds(1));
        Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync(TestGateway.NewTarget())).Status);
        Assert.False(stop.IsCompleted);

        gateway.Time.Advance(TimeSpan.FromMilliseconds(1));
        await stop;
        while (await watcher.NextAsync() is not null)
        {
            // What was sent meanwhile came too.
        }

        await Assert.ThrowsAsync<HttpRequestException>(() => gateway.GetAsync("/health/live"));
    }

    [Fact]
    public async Task Connections_are_closed_after_their_answers_so_that_callers_open_others()
    {
        await using var gateway = await StartAsync();
        Assert.Null((await gateway.GetAsync("/health/live")).Header("Connection"));

        var stop = gateway.StopAsync();

        Assert.Equal("close", (await gateway.GetAsync("/health/live")).Header("Connection"));
        Assert.Equal("close", (await gateway.SendAsync(TestGateway.NewTarget())).Header("Connection"));
        gateway.Time.Advance(DrainTime);
        await stop;
    }

    [Fact]
    public async Task Without_a_drain_time_it_stops_at_once()
    {
        await using var gateway = await TestGateway.StartAsync();

        await gateway.StopAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => gateway.GetAsync("/health/live"));
    }

    private static Task<TestGateway> StartAsync() => TestGateway.StartAsync(new() { ["Otp:DrainTime"] = DrainTime.ToString("c") });
}
