using System.Net;
using Otp.Gateway.Tests.Harness;
using Otp.Gateway.Tests.Loyalife;
using Otp.Gateway.Tests.Verify;

namespace Otp.Gateway.Tests.Fraud;

/// <summary>What each surface answers where the fraud guard refuses a send.</summary>
public sealed class FraudGuardTests
{
    private const string NotAllowed =
        """{"success":false,"message":null,"error":"Target is not allowed: its country, domain or channel is not one that codes are sent to","otpType":"phone","mockCode":null}""";

    [Fact]
    public async Task LoyaltyDog_says_that_the_number_is_not_allowed()
    {
        await using var gateway = await TestGateway.StartAsync(new() { ["Otp:Programs:acme:FraudGuard:Budget"] = "1" });
        await gateway.SendCodeAsync("+447700900001");

        var refused = await gateway.SendAsync("+447700900002");

        Assert.Equal((HttpStatusCode.BadRequest, NotAllowed), (refused.Status, refused.Body));
        Assert.NotNull(await gateway.SendCodeAsync("+447911123456"));
        Assert.NotNull(await gateway.SendCodeAsync(TestGateway.NewTarget()));
        Assert.NotNull(await gateway.SendCodeAsync("+447700900002", TestGateway.Globex));
    }

    [Fact]
    public async Task LoyaltyDog_sends_again_once_the_code_before_was_right()
    {
        await using var gateway = await TestGateway.StartAsync(new() { ["Otp:Programs:acme:FraudGuard:Budget"] = "1" });
        var code = await gateway.SendCodeAsync("+447700900001");
        Assert.Equal(HttpStatusCode.BadRequest, (await gateway.SendAsync("+447700900002")).Status);

        Assert.Equal(HttpStatusCode.OK, (await gateway.VerifyAsync("+447700900001", code)).Status);

        await Prefixes.WaitForAsync(gateway, TestGateway.AcmeAdmin, "+4477009", sends: 1, conversions: 1);
        Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync("+447700900002")).Status);
    }

    [Theory]
    [InlineData("sms")]
    [InlineData("call")]
    [InlineData("whatsapp")]
    public async Task Verify_answers_60410_on_every_channel_of_a_phone(string channel)
    {
        await using var gateway = await VerifyGateway.StartAsync(new() { ["Otp:Programs:31:FraudGuard:Budget"] = "1" });
        Assert.Equal(HttpStatusCode.Created, (await gateway.StartAsync(VerifyGateway.NewPhone(), more: ("Channel", channel))).Status);

        var refused = await gateway.StartAsync(VerifyGateway.NewPhone(), more: ("Channel", channel));

        VerifyGateway.AssertError(refused, HttpStatusCode.Forbidden, 60410);
        Assert.Equal("Verification delivery attempt blocked", refused.Text("message"));
        Assert.Equal(HttpStatusCode.Created, (await gateway.StartAsync(TestGateway.NewTarget())).Status);
    }

    [Fact]
    public async Task Loyalife_answers_for_a_member_as_for_nobody()
    {
        await using var service = await LoyalifeService.StartAsync(new() { ["Otp:Programs:7:FraudGuard:Budget"] = "1" });
        var (first, second) = (LoyalifeService.NewReference(), LoyalifeService.NewReference());
        await service.PutMemberAsync(first, email: null, "+447700900001");
        await service.PutMemberAsync(second, email: null, "+447700900002");
        Assert.NotNull(await service.SendCodeAsync(first, "+447700900001", suffix: LoyalifeService.ByReference));

        for (var i = 0; i < 6; i++)
        {
            var known = await service.GenerateAsync(second, suffix: LoyalifeService.ByReference);
            var unknown = await service.GenerateAsync("CID-UNKNOWN", suffix: LoyalifeService.ByReference);
            Assert.Equal((unknown.Status, unknown.Body, unknown.Header("RateLimit")), (known.Status, known.Body, known.Header("RateLimit")));
            Assert.Equal(i < 5 ? HttpStatusCode.OK : HttpStatusCode.TooManyRequests, known.Status);
        }

        Assert.Null(await service.LatestCodeAsync("+447700900002"));
    }
}
