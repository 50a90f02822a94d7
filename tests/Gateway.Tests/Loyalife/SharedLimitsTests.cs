using System.Net;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Loyalife;

/// <summary>The same person has the same limits through both surfaces.</summary>
public sealed class SharedLimitsTests(LoyalifeFixture fixture)
{
    private readonly LoyalifeService _service = fixture.Service;

    [Fact]
    public async Task Sends_through_both_surfaces_count_together()
    {
        var (reference, email) = await _service.NewMemberAsync();
        for (var i = 0; i < 2; i++)
        {
            LoyalifeService.AssertDone(await _service.GenerateAsync(email));
            Assert.Equal(HttpStatusCode.OK, (await _service.Gateway.SendAsync(email, LoyalifeService.Client)).Status);
        }

        LoyalifeService.AssertDone(await _service.GenerateAsync(reference, "TwoFA", suffix: LoyalifeService.ByReference));

        Assert.Equal(HttpStatusCode.TooManyRequests, (await _service.Gateway.SendAsync(email, LoyalifeService.Client)).Status);
        LoyalifeService.AssertRefused(await _service.GenerateAsync(email), HttpStatusCode.TooManyRequests, "E202");
    }

    [Fact]
    public async Task Code_of_no_purpose_is_verified_through_either_surface()
    {
        var (_, email) = await _service.NewMemberAsync();
        var code = await _service.Gateway.SendCodeAsync(email, LoyalifeService.Client);

        LoyalifeService.AssertDone(await _service.VerifyAsync(email, code, "NONE"));
    }

    [Fact]
    public async Task Code_of_a_purpose_is_no_code_of_the_other_surface()
    {
        var (_, email) = await _service.NewMemberAsync();
        var code = await _service.SendCodeAsync(email, email, "LOGIN");

        Assert.Equal(HttpStatusCode.BadRequest, (await _service.Gateway.VerifyAsync(email, code, LoyalifeService.Client)).Status);
        LoyalifeService.AssertDone(await _service.VerifyAsync(email, code, "LOGIN"));
    }

    [Fact]
    public async Task Wrong_guesses_through_both_surfaces_lock_together()
    {
        await using var service = await LoyalifeService.StartAsync(new() { ["Otp:Programs:7:Lockout:Threshold"] = "4" });
        var (reference, email) = await service.NewMemberAsync();
        var login = await service.SendCodeAsync(email, email, "LOGIN");
        var none = await service.Gateway.SendCodeAsync(email, LoyalifeService.Client);
        for (var i = 0; i < 2; i++)
        {
            LoyalifeService.AssertRefused(
                await service.VerifyAsync(email, TestGateway.WrongFor(login)), HttpStatusCode.BadRequest, "E201");
            await service.Gateway.VerifyAsync(email, TestGateway.WrongFor(none), LoyalifeService.Client);
        }

        LoyalifeService.AssertRefused(await service.VerifyAsync(email, login), HttpStatusCode.BadRequest, "E201");
        Assert.Equal(HttpStatusCode.BadRequest, (await service.Gateway.VerifyAsync(email, none, LoyalifeService.Client)).Status);
        var send = await service.GenerateAsync(reference, suffix: LoyalifeService.ByReference);
        LoyalifeService.AssertRefused(send, HttpStatusCode.TooManyRequests, "E202");
        Assert.Equal("86400", send.Header("Retry-After"));
    }
}
