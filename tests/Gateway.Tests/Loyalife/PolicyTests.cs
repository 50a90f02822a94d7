using System.Net;
using System.Text.Json.Nodes;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Loyalife;

/// <summary>What a program's policy and the limits on callers mean for members.</summary>
public sealed class PolicyTests
{
    private const string Phone = "+442079460123";

    [Fact]
    public async Task Channel_of_the_policy_comes_before_the_members_own()
    {
        await using var service = await LoyalifeService.StartAsync(new() { ["Otp:Programs:7:Purposes:Login:Channel"] = "Phone" });
        var (reference, email) = (LoyalifeService.NewReference(), TestGateway.NewTarget());
        await service.PutMemberAsync(reference, email, Phone, "email");

        var code = await service.SendCodeAsync(email, Phone);

        LoyalifeService.AssertDone(await service.VerifyAsync(reference, code, suffix: LoyalifeService.ByReference));
    }

    [Fact]
    public async Task Member_whom_the_policy_allows_no_codes_is_like_one_who_is_not_registered()
    {
        await using var service = await LoyalifeService.StartAsync(new() { ["Otp:Programs:7:Policy:AllowedCountries:0"] = "FR" });
        var (reference, email) = (LoyalifeService.NewReference(), TestGateway.NewTarget());
        await service.PutMemberAsync(reference, email, Phone, "phone");

        LoyalifeService.AssertDone(await service.GenerateAsync(email));
        LoyalifeService.AssertDone(await service.GenerateAsync(TestGateway.NewTarget()));

        Assert.Null(await service.LatestCodeAsync(Phone));
        Assert.Null(await service.LatestCodeAsync(email));
    }

    [Fact]
    public async Task Address_of_nobody_that_the_policy_does_not_allow_is_refused()
    {
        await using var service = await LoyalifeService.StartAsync(new() { ["Otp:Programs:8:Policy:AllowedDomains:0"] = "example.org" });

        var refused = await service.GenerateAsync(TestGateway.NewTarget(), client: LoyalifeService.OpenClient);

        LoyalifeService.AssertRefused(refused, HttpStatusCode.BadRequest, "E206");
    }

    [Fact]
    public async Task Send_beyond_a_callers_limit_is_refused_in_the_envelope()
    {
        await using var service = await LoyalifeService.StartAsync(new() { ["Otp:Programs:7:SendRate:Limit"] = "1" });
        LoyalifeService.AssertDone(await service.GenerateAsync(TestGateway.NewTarget()));

        var refused = await service.GenerateAsync(TestGateway.NewTarget());

        LoyalifeService.AssertRefused(refused, HttpStatusCode.TooManyRequests, "E202");
        Assert.Equal("60", refused.Header("Retry-After"));
    }

    [Fact]
    public async Task Guesser_of_secrets_is_refused_in_the_envelope()
    {
        await using var service = await LoyalifeService.StartAsync(new() { ["Otp:Limits:FailedTokensPerClient:Limit"] = "1" });
        var wrong = new JsonObject { ["grant_type"] = "client_credentials", ["client_id"] = LoyalifeService.Client, ["client_secret"] = "wrong" };
        LoyalifeService.AssertRefused(await service.TokenAsync(wrong), HttpStatusCode.Unauthorized, "E101");

        var refused = await service.TokenAsync(wrong);

        LoyalifeService.AssertRefused(refused, HttpStatusCode.TooManyRequests, "E202");
        Assert.Equal("60", refused.Header("Retry-After"));
    }
}
