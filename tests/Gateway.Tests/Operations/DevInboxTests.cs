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

    [Theory]
    [InlineData("/dev/inbox", "Host", "evil.example")]
    [InlineData("/dev/inbox", "X-Forwarded-For", "127.0.0.1")]
    [InlineData("/dev/inbox/stream", "Host", "evil.example")]
    [InlineData("/dev/inbox/stream", "Forwarded", "for=127.0.0.1")]
    public async Task Request_that_may_come_from_elsewhere_finds_no_inbox(string path, string header, string value)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Behind_a_proxy_there_is_no_inbox()
    {
        await using var gateway = await TestGateway.StartAsync(new() { ["Otp:Proxies:0"] = "10.0.0.1" });

        Assert.Equal(HttpStatusCode.NotFound, (await gateway.GetAsync("/dev/inbox")).Status);
    }

    [Fact]
    public async Task Outside_development_there_is_no_inbox()
    {
        await using var gateway = await TestGateway.StartAsync(new() { ["environment"] = "Production" });

        Assert.Equal(HttpStatusCode.NotFound, (await gateway.GetAsync("/dev/inbox")).Status);
    }
}
