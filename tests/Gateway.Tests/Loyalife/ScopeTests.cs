using System.Net;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Loyalife;

/// <summary>A token bound to one member and purpose serves nothing else.</summary>
public sealed class ScopeTests(LoyalifeFixture fixture)
{
    private readonly LoyalifeService _service = fixture.Service;

    [Fact]
    public async Task Own_member_is_served_both_ways()
    {
        var (reference, email) = await _service.NewMemberAsync();
        var token = await _service.BoundTokenAsync(reference);

        LoyalifeService.AssertDone(await _service.GenerateAsync(reference, suffix: LoyalifeService.ByReference, token: token));
        LoyalifeService.AssertDone(await _service.GenerateAsync(email, token: token));
        var code = await _service.LatestCodeAsync(email);
        LoyalifeService.AssertDone(await _service.VerifyAsync(email, code!, token: token));
    }

    [Fact]
    public async Task Another_member_is_forbidden_both_ways()
    {
        var (reference, _) = await _service.NewMemberAsync();
        var (other, otherEmail) = await _service.NewMemberAsync();
        var token = await _service.BoundTokenAsync(reference);

        AssertOutOfScope(await _service.GenerateAsync(other, suffix: LoyalifeService.ByReference, token: token));
        AssertOutOfScope(await _service.GenerateAsync(otherEmail, token: token));
        AssertOutOfScope(await _service.VerifyAsync(other, "123456", suffix: LoyalifeService.ByReference, token: token));
        AssertOutOfScope(await _service.VerifyAsync(otherEmail, "123456", token: token));
        Assert.Null(await _service.LatestCodeAsync(otherEmail));
    }

    [Fact]
    public async Task Nobody_is_forbidden_like_another_member()
    {
        var (reference, _) = await _service.NewMemberAsync();
        var (_, otherEmail) = await _service.NewMemberAsync();
        var token = await _service.BoundTokenAsync(reference);

        var nobody = await _service.GenerateAsync(TestGateway.NewTarget(), token: token);

        AssertOutOfScope(nobody);
        Assert.Equal((await _service.GenerateAsync(otherEmail, token: token)).Body, nobody.Body);
    }

    [Fact]
    public async Task Token_bound_to_nobody_is_answered_like_one_bound_to_a_member()
    {
        var reference = LoyalifeService.NewReference();
        var token = await _service.BoundTokenAsync(reference);

        LoyalifeService.AssertDone(await _service.GenerateAsync(reference, suffix: LoyalifeService.ByReference, token: token));
    }

    [Fact]
    public async Task Other_purposes_of_the_member_are_forbidden()
    {
        var (reference, email) = await _service.NewMemberAsync();
        var token = await _service.BoundTokenAsync(reference, "LOGIN");
        var code = await _service.SendCodeAsync(email, email, "FORGOTPWD");

        AssertOutOfScope(await _service.GenerateAsync(reference, "FORGOTPWD", suffix: LoyalifeService.ByReference, token: token));
        AssertOutOfScope(await _service.GenerateAsync(email, "FORGOTPWD", token: token));
        AssertOutOfScope(await _service.VerifyAsync(reference, code, "FORGOTPWD", suffix: LoyalifeService.ByReference, token: token));
        AssertOutOfScope(await _service.VerifyAsync(email, code, "NONE", token: token));
        LoyalifeService.AssertDone(await _service.VerifyAsync(email, code, "FORGOTPWD"));
    }

    [Theory]
    [InlineData("NONE")]
    [InlineData("TwoFA")]
    public async Task Purpose_of_the_scope_is_served(string type)
    {
        var (reference, email) = await _service.NewMemberAsync();
        var token = await _service.BoundTokenAsync(reference, type);

        LoyalifeService.AssertDone(await _service.GenerateAsync(email, type, token: token));
        LoyalifeService.AssertDone(await _service.VerifyAsync(reference, (await _service.LatestCodeAsync(email))!, type, suffix: LoyalifeService.ByReference, token: token));
    }

    [Fact]
    public async Task What_is_forbidden_takes_nothing_from_the_programs_rate()
    {
        await using var service = await LoyalifeService.StartAsync(new() { ["Otp:Programs:7:SendRate:Limit"] = "1", ["Otp:Programs:7:SendRate:Period"] = "01:00:00" });
        var (reference, email) = await service.NewMemberAsync();
        var (other, otherEmail) = await service.NewMemberAsync();
        var token = await service.BoundTokenAsync(reference);

        AssertOutOfScope(await service.GenerateAsync(other, suffix: LoyalifeService.ByReference, token: token));
        AssertOutOfScope(await service.GenerateAsync(otherEmail, token: token));
        AssertOutOfScope(await service.GenerateAsync(email, "FORGOTPWD", token: token));

        LoyalifeService.AssertDone(await service.GenerateAsync(email, token: token));
        LoyalifeService.AssertRefused(await service.GenerateAsync(email, token: token), HttpStatusCode.TooManyRequests, "E202");
    }

    [Fact]
    public async Task Other_surface_is_forbidden()
    {
        var (reference, email) = await _service.NewMemberAsync();
        var token = await _service.BoundTokenAsync(reference);
        using var content = new StringContent($$"""{"target":"{{email}}"}""", System.Text.Encoding.UTF8, "application/json");

        var answer = await _service.Gateway.PostAsync(TestGateway.SendPath, content, token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal("""{"detail":"Not enough permissions"}""", answer.Body);
    }

    [Fact]
    public async Task Token_does_not_show_whom_it_is_bound_to()
    {
        var reference = LoyalifeService.NewReference();
        var payload = (await _service.BoundTokenAsync(reference)).Split('.')[1];

        var text = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(payload));

        Assert.Contains("\"member\":\"7:", text, StringComparison.Ordinal);
        Assert.DoesNotContain(reference, text, StringComparison.OrdinalIgnoreCase);
    }

    private static void AssertOutOfScope(Answer answer) => LoyalifeService.AssertRefused(answer, HttpStatusCode.Forbidden, "E105");
}
