using System.Net;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.LoyaltyDog;

public sealed class CanonicalTargetTests(GatewayFixture fixture)
{
    private readonly TestGateway _gateway = fixture.Gateway;

    [Theory]
    [InlineData("A.B@Example.COM ", "a.b@example.com", "a.b@example.com")]
    [InlineData("+44 20 7946 0018", "0044 (20) 79460018", "+442079460018")]
    public async Task Two_spellings_are_one_target(string sentTo, string verifiedAs, string canonical)
    {
        var code = await _gateway.SendCodeAsync(sentTo);
        var answer = await _gateway.VerifyAsync(verifiedAs, code);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(canonical, answer.Text("verifiedTarget"));
    }

    [Fact]
    public async Task Spellings_share_one_limit()
    {
        var target = TestGateway.NewTarget();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await _gateway.SendAsync(i % 2 == 0 ? target : $" {target.ToUpperInvariant()}")).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await _gateway.SendAsync($"{target} ")).Status);
    }

    [Fact]
    public async Task Two_programs_are_separate()
    {
        var target = TestGateway.NewTarget();
        var code = await _gateway.SendCodeAsync(target, TestGateway.Acme);
        var foreign = await _gateway.VerifyAsync(target, code, TestGateway.Globex);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await _gateway.SendAsync(target, TestGateway.Globex)).Status);
        }

        var own = await _gateway.VerifyAsync(target, code, TestGateway.Acme);

        Assert.Equal(HttpStatusCode.BadRequest, foreign.Status);
        Assert.Equal(HttpStatusCode.OK, own.Status);
        Assert.Equal("\"hour\";r=3;t=3600", (await _gateway.SendAsync(target, TestGateway.Acme)).Header("RateLimit"));
    }
}
