using System.Net;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Operations;

public sealed class DevInboxTests
{
    [Fact]
    public async Task Inbox_starts_empty()
    {
        await using var gateway = await TestGateway.StartAsync();

        Assert.Equal("[]", (await gateway.GetAsync("/dev/inbox")).Body);
    }

    [Fact]
    public async Task Newest_message_comes_first()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.SendAsync("first@example.com");
        await gateway.SendAsync("+44 20 7946 0104");

        var messages = (await gateway.GetAsync("/dev/inbox")).Json;

        Assert.Equal(
            ["+442079460104", "first@example.com"],
            messages.EnumerateArray().Select(m => m.GetProperty("to").GetString()!));
        Assert.Equal(
            ["id", "receivedAt", "program", "channel", "to", "subject", "text", "html", "code"],
            messages[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal("phone", messages[0].GetProperty("channel").GetString());
    }

    [Fact]
    public async Task Outside_development_there_is_no_inbox()
    {
        await using var gateway = await TestGateway.StartAsync(new() { ["environment"] = "Production" });

        Assert.Equal(HttpStatusCode.NotFound, (await gateway.GetAsync("/dev/inbox")).Status);
    }
}
