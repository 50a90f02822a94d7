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
    [InlineData(HttpFault.Hang)]
    [InlineData(HttpFault.Refuse)]
    [InlineData(HttpFault.Answer500)]
    [InlineData(HttpFault.Reset)]
    public async Task The_second_provider_delivers_what_the_first_does_not(HttpFault fault)
    {
        await using var first = await LoopbackEndpoint.StartAsync((http, _) => fault.AnswerAsync(http));
        await using var second = await LoopbackEndpoint.StartAsync();
        await using var gateway = await StartAsync(fault == HttpFault.Refuse ? LoopbackEndpoint.Nowhere() : first.Address, second.Address);
        var target = TestGateway.NewTarget();

        var sent = await gateway.SendAsync(target);

        Assert.Equal(HttpStatusCode.OK, sent.Status);
        using var delivered = JsonDocument.Parse((await second.ReceiveAsync()).Body);
        var code = delivered.RootElement.GetProperty("data").GetProperty("code").GetString()!;
        Assert.Equal(HttpStatusCode.OK, (await gateway.VerifyAsync(target, code)).Status);
    }

    [Fact]
    public async Task With_both_down_the_caller_gets_502_and_the_slot_back()
    {
        await using var first = await LoopbackEndpoint.StartAsync((http, _) => HttpFault.Hang.AnswerAsync(http));
        await using var second = await LoopbackEndpoint.StartAsync((http, _) => HttpFault.Reset.AnswerAsync(http));
        await using var gateway = await StartAsync(first.Address, second.Address);
        var target = TestGateway.NewTarget();

        var failed = await gateway.SendAsync(target);
        second.Answer = static (_, _) => Task.CompletedTask;
        var sent = await gateway.SendAsync(target);

        Assert.Equal((HttpStatusCode.BadGateway, "\"hour\";r=5;t=0"), (failed.Status, failed.Header("RateLimit")));
        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.StartsWith("\"hour\";r=4;", sent.Header("RateLimit"), StringComparison.Ordinal);
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
