using System.Net;
using System.Text.Json;
using Otp.Delivery;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Loyalife;

/// <summary>A member whom nobody reaches is answered like one whom everybody reaches, and like nobody at all.</summary>
public sealed class UnreachableTests
{
    [Fact]
    public async Task Every_answer_is_that_for_an_unknown_address()
    {
        await using var endpoint = await LoopbackEndpoint.AnsweringAsync(422);
        await using var service = await LoyalifeService.StartAsync(new()
        {
            ["Otp:Delivery:Webhook:hook:Url"] = endpoint.Address,
            ["Otp:Delivery:Webhook:hook:Secrets:0"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            ["Otp:Programs:7:Delivery:Email:0"] = "hook",
        });
        var (_, member) = await service.NewMemberAsync();
        var stranger = TestGateway.NewTarget();

        for (var i = 0; i < 6; i++)
        {
            var (known, unknown) = (await service.GenerateAsync(member), await service.GenerateAsync(stranger));
            Assert.Equal((unknown.Status, unknown.Body, unknown.Header("RateLimit")), (known.Status, known.Body, known.Header("RateLimit")));
            Assert.Equal(i < 5 ? HttpStatusCode.OK : HttpStatusCode.TooManyRequests, known.Status);
        }

        var code = "";
        for (var i = 0; i < 5; i++)
        {
            using var message = JsonDocument.Parse((await endpoint.ReceiveAsync()).Body);
            code = message.RootElement.GetProperty("data").GetProperty("code").GetString()!;
        }

        LoyalifeService.AssertRefused(await service.VerifyAsync(member, code), HttpStatusCode.BadRequest, "E201");
        LoyalifeService.AssertRefused(await service.VerifyAsync(stranger, code), HttpStatusCode.BadRequest, "E201");
    }
}
