using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Otp.Delivery;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Delivery;

/// <summary>Fail-over as a caller of the API sees it, with real endpoints on the system's clock.</summary>
public sealed class FailOverTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Theory]
    [InlineData(HttpFault.Mute)]
    [InlineData(HttpFault.Refuse)]
    [InlineData(HttpFault.Answer500)]
    public async Task The_second_provider_delivers_what_the_first_does_not(HttpFault fault)
    {
        var (first, address) = await fault.StartAsync();
        await using var second = await LoopbackEndpoint.StartAsync();
        await using var gateway = await StartAsync(address, second.Address);
        var target = TestGateway.NewTarget();

        var sent = await gateway.SendAsync(target);

        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.Equal(HttpStatusCode.OK, (await gateway.VerifyAsync(target, CodeIn(await second.ReceiveAsync()))).Status);
        await (first?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Theory]
    [InlineData(HttpFault.Hang)]
    [InlineData(HttpFault.Reset)]
    [InlineData(HttpFault.BreakOff)]
    public async Task What_may_arrive_is_told_as_sent_and_its_code_works(HttpFault fault)
    {
        var (endpoint, address) = await fault.StartAsync();
        await using var first = (LoopbackEndpoint)endpoint!;
        await using var second = await LoopbackEndpoint.StartAsync();
        await using var gateway = await StartAsync(address, second.Address);
        var target = TestGateway.NewTarget();

        var sent = await gateway.SendAsync(target);

        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.StartsWith("\"hour\";r=4;", sent.Header("RateLimit"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await gateway.VerifyAsync(target, CodeIn(await first.ReceiveAsync()))).Status);
        Assert.Equal((1, 0), (first.Count, second.Count));
    }

    [Fact]
    public async Task With_both_down_the_caller_gets_502_and_the_slot_back()
    {
        await using var first = new MuteEndpoint();
        await using var second = await LoopbackEndpoint.AnsweringAsync(500);
        await using var gateway = await StartAsync(first.Address, second.Address);
        var target = TestGateway.NewTarget();

        var failed = await gateway.SendAsync(target);
        second.Answer = static (_, _) => Task.CompletedTask;
        var sent = await gateway.SendAsync(target);

        Assert.Equal((HttpStatusCode.BadGateway, "\"hour\";r=5;t=0"), (failed.Status, failed.Header("RateLimit")));
        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.StartsWith("\"hour\";r=4;", sent.Header("RateLimit"), StringComparison.Ordinal);
    }

    private static string CodeIn(ReceivedRequest request)
    {
        using var delivered = JsonDocument.Parse(request.Body);
        return delivered.RootElement.GetProperty("data").GetProperty("code").GetString()!;
    }

    private static Task<TestGateway> StartAsync(string first, string second) => TestGateway.StartAsync(
        new()
        {
            ["Otp:Delivery:ProviderTimeout"] = "00:00:01",
            ["Otp:Delivery:TotalTimeout"] = "00:00:03",
            ["Otp:Delivery:Webhook:first:Url"] = first,
            ["Otp:Delivery:Webhook:first:Secrets:0"] = Secret,
            ["Otp:Delivery:Webhook:second:Url"] = second,
            ["Otp:Delivery:Webhook:second:Secrets:0"] = Secret,
            ["Otp:Programs:acme:Delivery:Email:0"] = "first",
            ["Otp:Programs:acme:Delivery:Email:1"] = "second",
        },
        builder => builder.Services.AddSingleton(TimeProvider.System));
}
