using System.Net;
using System.Text;
using Otp.Gateway.Tests.Harness;
using Otp.Gateway.Tests.LoyaltyDog;

namespace Otp.Gateway.Tests.Loyalife;

/// <summary>Every answer of the surface is in its envelope, also those that no endpoint gives.</summary>
public sealed class EnvelopeTests(LoyalifeFixture fixture)
{
    private readonly LoyalifeService _service = fixture.Service;

    public static TheoryData<string> MemberCalls => LoyalifeService.MemberCalls;

    [Theory]
    [MemberData(nameof(MemberCalls))]
    public async Task Call_without_a_token_is_unauthorized(string path)
    {
        var answer = await _service.Gateway.PostAsync(path, content: null, token: null);

        LoyalifeService.AssertRefused(answer, HttpStatusCode.Unauthorized, "E102", "Unauthorized: Not authenticated");
        Assert.Equal("Bearer", answer.Header("WWW-Authenticate"));
    }

    [Theory]
    [MemberData(nameof(MemberCalls))]
    public async Task Call_with_a_broken_token_is_unauthorized(string path) => LoyalifeService.AssertRefused(
        await _service.Gateway.PostAsync(path, content: null, token: "broken"),
        HttpStatusCode.Unauthorized,
        "E102",
        "Could not validate credentials");

    [Theory]
    [MemberData(nameof(MemberCalls))]
    public async Task Client_without_the_role_otp_is_forbidden(string path) => LoyalifeService.AssertRefused(
        await _service.PostAsync(path, LoyalifeService.GenerateBody(TestGateway.NewTarget()), LoyalifeService.Admin),
        HttpStatusCode.Forbidden,
        "E103");

    [Fact]
    public async Task Path_that_is_no_call_is_not_found() => LoyalifeService.AssertRefused(
        await _service.Gateway.GetAsync("/lbms-ingress/member/api/Member/Nothing"), HttpStatusCode.NotFound, "998");

    [Fact]
    public async Task Other_method_is_not_allowed() => LoyalifeService.AssertRefused(
        await _service.Gateway.GetAsync(LoyalifeService.GeneratePath), HttpStatusCode.MethodNotAllowed, "998");

    [Theory]
    [InlineData(LoyalifeService.TokenPath)]
    [InlineData(LoyalifeService.GeneratePath)]
    public async Task Body_over_16_KiB_is_too_large(string path)
    {
        using var content = new StringContent($$"""{"UniquerefID":"{{new string('a', 17_000)}}"}""", Encoding.UTF8, "application/json");

        LoyalifeService.AssertRefused(
            await _service.Gateway.PostAsync(path, content, await _service.Gateway.TokenAsync(LoyalifeService.Client)),
            HttpStatusCode.RequestEntityTooLarge,
            "998");
    }

    [Theory]
    [InlineData(LoyalifeService.TokenPath)]
    [InlineData(LoyalifeService.VerifyPath)]
    public async Task Other_media_type_is_unsupported(string path)
    {
        using var content = new StringContent("a=b", Encoding.UTF8, "application/x-www-form-urlencoded");

        LoyalifeService.AssertRefused(
            await _service.Gateway.PostAsync(path, content, await _service.Gateway.TokenAsync(LoyalifeService.Client)),
            HttpStatusCode.UnsupportedMediaType,
            "998");
    }

    [Fact]
    public async Task Body_that_is_no_text_is_malformed()
    {
        using var content = new ByteArrayContent([0x7B, 0xFF, 0x7D]);
        content.Headers.ContentType = new("application/json");

        LoyalifeService.AssertRefused(
            await _service.Gateway.PostAsync(LoyalifeService.GeneratePath, content, await _service.Gateway.TokenAsync(LoyalifeService.Client)),
            HttpStatusCode.BadRequest,
            "999");
    }

    [Fact]
    public async Task Storage_that_is_down_makes_it_unavailable()
    {
        await using var service = await LoyalifeService.StartAsync(
            configure: static builder => DownStorage.Break(builder, "target"));

        var answer = await service.GenerateAsync(TestGateway.NewTarget());

        LoyalifeService.AssertRefused(answer, HttpStatusCode.ServiceUnavailable, "E205");
        Assert.Equal("1", answer.Header("Retry-After"));
    }

    [Fact]
    public async Task Members_that_cannot_be_read_make_it_unavailable()
    {
        await using var service = await LoyalifeService.StartAsync(
            configure: static builder => DownStorage.Break(builder, "member"));

        LoyalifeService.AssertRefused(await service.GenerateAsync(TestGateway.NewTarget()), HttpStatusCode.ServiceUnavailable, "E205");
    }

    [Fact]
    public async Task Message_that_nobody_takes_is_a_bad_gateway_and_gives_its_slot_back()
    {
        await using var service = await LoyalifeService.StartAsync(new() { ["Otp:Programs:7:Delivery:Email:0"] = "smtp" });
        var (_, email) = await service.NewMemberAsync();

        var answer = await service.GenerateAsync(email);

        LoyalifeService.AssertRefused(answer, HttpStatusCode.BadGateway, "E203");
        Assert.Equal("\"hour\";r=5;t=0", answer.Header("RateLimit"));
    }

    [Fact]
    public async Task Sixth_send_of_an_hour_is_too_many()
    {
        var (_, email) = await _service.NewMemberAsync();
        for (var i = 0; i < 5; i++)
        {
            LoyalifeService.AssertDone(await _service.GenerateAsync(email));
        }

        var answer = await _service.GenerateAsync(email);

        LoyalifeService.AssertRefused(answer, HttpStatusCode.TooManyRequests, "E202");
        Assert.Equal("3600", answer.Header("Retry-After"));
        Assert.Equal("\"hour\";r=0;t=3600", answer.Header("RateLimit"));
        Assert.Equal("\"hour\";q=5;w=3600, \"day\";q=10;w=86400", answer.Header("RateLimit-Policy"));
    }

    [Fact]
    public async Task Key_used_again_with_another_payload_is_refused()
    {
        var (_, email) = await _service.NewMemberAsync();
        LoyalifeService.AssertDone(await _service.GenerateAsync(email, key: "once"));

        LoyalifeService.AssertDone(await _service.GenerateAsync(email, key: "once"));
        LoyalifeService.AssertRefused(await _service.GenerateAsync(email, "TwoFA", key: "once"), HttpStatusCode.UnprocessableEntity, "E204");
        Assert.Equal("\"hour\";r=3;t=3600", (await _service.GenerateAsync(email)).Header("RateLimit"));
    }

    [Fact]
    public async Task Malformed_key_is_malformed() => LoyalifeService.AssertRefused(
        await _service.GenerateAsync(TestGateway.NewTarget(), key: "with space"), HttpStatusCode.BadRequest, "999", "Idempotency-Key");
}
