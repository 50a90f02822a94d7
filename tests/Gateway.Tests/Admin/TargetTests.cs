using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Otp.Gateway.Tests.Harness;
using Otp.Gateway.Tests.Loyalife;

namespace Otp.Gateway.Tests.Admin;

public sealed class TargetTests(LoyalifeFixture fixture)
{
    private readonly LoyalifeService _service = fixture.Service;

    [Fact]
    public async Task Inspect_shows_windows_codes_and_no_secret()
    {
        await using var service = await LoyalifeService.StartAsync();
        var (_, email) = await service.NewMemberAsync();
        var start = service.Gateway.Time.GetUtcNow();
        var code = await service.SendCodeAsync(email, email, "LOGIN");
        await service.VerifyAsync(email, TestGateway.WrongFor(code), "LOGIN");
        for (var i = 0; i < 4; i++)
        {
            await service.SendCodeAsync(email, email, "TwoFA");
        }

        var answer = await ActAsync("inspect", email, service);

        var sent = $$"""{"sentAt":"{{Iso(start)}}","state":"sent","reason":null,"provider":null}""";
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(
            $$"""
            {"channel":"email","windows":[{"window":"hour","limit":5,"period":"01:00:00","sent":5,"opensAt":"{{Iso(start.AddHours(1))}}"},{"window":"day","limit":10,"period":"1.00:00:00","sent":5,"opensAt":null}],"codes":[{"purpose":"LOGIN","expiresAt":"{{Iso(start.AddMinutes(5))}}","attemptsLeft":2},{"purpose":"TwoFA","expiresAt":"{{Iso(start.AddMinutes(5))}}","attemptsLeft":3}],"wrongGuesses":1,"lockedUntil":null,"openSessions":0,"sends":[{{string.Join(',', Enumerable.Repeat(sent, 5))}}]}
            """,
            answer.Body);
        Assert.DoesNotContain(code, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_of_what_nobody_has_heard_of_is_empty()
    {
        var answer = await ActAsync("inspect", TestGateway.NewTarget());

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(0, answer.Json.GetProperty("codes").GetArrayLength());
        Assert.All(answer.Json.GetProperty("windows").EnumerateArray(), window => Assert.Equal(0, window.GetProperty("sent").GetInt32()));
    }

    [Fact]
    public async Task Unlock_lifts_a_lockout_and_its_count()
    {
        await using var service = await LoyalifeService.StartAsync(new() { ["Otp:Programs:7:Lockout:Threshold"] = "2" });
        var (_, email) = await service.NewMemberAsync();
        var code = await service.SendCodeAsync(email, email);
        await service.VerifyAsync(email, TestGateway.WrongFor(code));
        await service.VerifyAsync(email, TestGateway.WrongFor(code));
        var locked = (await ActAsync("inspect", email, service)).Json.GetProperty("lockedUntil");

        var unlock = await ActAsync("unlock", email, service);

        Assert.Equal(service.Gateway.Time.GetUtcNow().AddDays(1), locked.GetDateTimeOffset());
        Assert.Equal("""{"wasLocked":true}""", unlock.Body);
        Assert.Equal("""{"wasLocked":false}""", (await ActAsync("unlock", email, service)).Body);
        Assert.Equal(0, (await ActAsync("inspect", email, service)).Json.GetProperty("wrongGuesses").GetInt32());
        LoyalifeService.AssertDone(await service.VerifyAsync(email, code));
    }

    [Fact]
    public async Task Erase_forgets_windows_codes_customer_and_sessions()
    {
        var target = TestGateway.NewTarget();
        var code = await _service.Gateway.SendCodeAsync(target, LoyalifeService.Client);
        var verified = await _service.Gateway.VerifyAsync(target, code, LoyalifeService.Client, name: "Jane");
        await _service.Gateway.SendAsync(target, LoyalifeService.Client);

        var erased = await ActAsync("erase", target);

        Assert.Equal(HttpStatusCode.NoContent, erased.Status);
        var session = await _service.Gateway.SessionAsync(verified.Text("sessionToken"), LoyalifeService.Client);
        Assert.False(session.Json.GetProperty("valid").GetBoolean());
        Assert.Equal("\"hour\";r=4;t=3600", (await _service.Gateway.SendAsync(target, LoyalifeService.Client)).Header("RateLimit"));
        var next = await _service.Gateway.VerifyAsync(
            target, await _service.Gateway.SendCodeAsync(target, LoyalifeService.Client), LoyalifeService.Client);
        Assert.NotEqual(Id(verified), Id(next));
        Assert.Equal(JsonValueKind.Null, next.Json.GetProperty("identity").GetProperty("name").ValueKind);
    }

    [Fact]
    public async Task Erased_code_is_refused()
    {
        var target = TestGateway.NewTarget();
        var code = await _service.Gateway.SendCodeAsync(target, LoyalifeService.Client);

        await ActAsync("erase", target);

        Assert.Equal(HttpStatusCode.BadRequest, (await _service.Gateway.VerifyAsync(target, code, LoyalifeService.Client)).Status);
    }

    [Fact]
    public async Task Erase_of_nothing_is_no_error()
    {
        var target = TestGateway.NewTarget();

        Assert.Equal(HttpStatusCode.NoContent, (await ActAsync("erase", target)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await ActAsync("erase", target)).Status);
    }

    [Fact]
    public async Task Erase_leaves_the_member_who_has_the_address()
    {
        var (_, email) = await _service.NewMemberAsync();

        await ActAsync("erase", email);

        Assert.NotNull(await _service.SendCodeAsync(email, email));
    }

    [Fact]
    public async Task Erase_forgets_what_was_counted_for_an_unregistered_address()
    {
        var stranger = TestGateway.NewTarget();
        for (var i = 0; i < 5; i++)
        {
            LoyalifeService.AssertDone(await _service.GenerateAsync(stranger));
        }

        await ActAsync("erase", stranger);

        Assert.Equal("\"hour\";r=4;t=3600", (await _service.GenerateAsync(stranger)).Header("RateLimit"));
    }

    [Fact]
    public async Task Erase_among_sends_ends_with_a_state_that_one_order_of_them_explains()
    {
        var target = TestGateway.NewTarget();
        await _service.Gateway.TokenAsync(LoyalifeService.Client);
        await _service.Gateway.TokenAsync(LoyalifeService.Admin);
        var sends = Enumerable.Range(0, 4).Select(_ => _service.Gateway.SendAsync(target, LoyalifeService.Client)).ToList();
        var erase = ActAsync("erase", target);

        Assert.All(await Task.WhenAll(sends), send => Assert.Equal(HttpStatusCode.OK, send.Status));
        Assert.Equal(HttpStatusCode.NoContent, (await erase).Status);
        var report = await ActAsync("inspect", target);
        var sent = report.Json.GetProperty("windows")[0].GetProperty("sent").GetInt32();
        Assert.InRange(sent, 0, 4);
        Assert.Equal(sent == 0 ? 0 : 1, report.Json.GetProperty("codes").GetArrayLength());
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("unlock")]
    [InlineData("erase")]
    public async Task Malformed_target_is_refused(string act)
    {
        var invalid = await ActAsync(act, "a@b@c");
        var missing = await _service.AdminAsync(HttpMethod.Post, $"/admin/targets/{act}", new JsonObject());

        Assert.Equal(HttpStatusCode.BadRequest, invalid.Status);
        Assert.Equal("""{"detail":"Invalid target format"}""", invalid.Body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, missing.Status);
    }

    private static string Iso(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    private static string? Id(Answer verified) => verified.Json.GetProperty("identity").GetProperty("id").GetString();

    private Task<Answer> ActAsync(string act, string target, LoyalifeService? service = null) =>
        (service ?? _service).AdminAsync(HttpMethod.Post, $"/admin/targets/{act}", new JsonObject { ["target"] = target });
}
