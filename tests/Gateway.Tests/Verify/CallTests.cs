using System.Net;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Verify;

/// <summary>Each call, and each status of a verification, that the page of the API lists.</summary>
public sealed class CallTests(VerifyFixture fixture)
{
    private readonly VerifyGateway _gateway = fixture.Gateway;

    private static readonly string[] Calls =
    [
        "GET /v2/Services/{VA…}",
        "POST /v2/Services/{VA…}/Verifications",
        "GET /v2/Services/{VA…}/Verifications/{SID or To}",
        "POST /v2/Services/{VA…}/Verifications/{SID or To}",
        "POST /v2/Services/{VA…}/VerificationCheck",
    ];

    [Fact]
    public void Page_lists_the_calls_and_statuses_that_are_tested_here()
    {
        Assert.Equal(Calls, VerifyPage.Rows("call").Select(row => row.Key));
        Assert.Equal(["pending", "approved", "canceled", "max_attempts_reached", "expired"], VerifyPage.Rows("status").Select(row => row.Key));
    }

    [Fact]
    public async Task Start_sends_a_code_and_tells_the_verification()
    {
        var to = VerifyGateway.NewPhone();

        var answer = await _gateway.StartAsync(to);

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Matches("^VE[0-9a-f]{32}$", answer.Text("sid"));
        Assert.Equal(VerifyGateway.Shop, answer.Text("service_sid"));
        Assert.Equal(VerifyGateway.Account, answer.Text("account_sid"));
        Assert.Equal((to, "sms", "pending"), (answer.Text("to"), answer.Text("channel"), answer.Text("status")));
        Assert.False(answer.Json.GetProperty("valid").GetBoolean());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, answer.Json.GetProperty("sna").ValueKind);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", answer.Text("date_created"));
        Assert.Equal(answer.Text("date_created"), answer.Text("date_updated"));
        Assert.Equal($"http://127.0.0.1:{_gateway.Gateway.Port}/v2/Services/{VerifyGateway.Shop}/Verifications/{answer.Text("sid")}", answer.Text("url"));
        var attempt = Assert.Single(answer.Json.GetProperty("send_code_attempts").EnumerateArray());
        Assert.Equal("SMS", attempt.GetProperty("channel").GetString());
        Assert.Matches("^VL[0-9a-f]{32}$", attempt.GetProperty("attempt_sid").GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", attempt.GetProperty("time").GetString());
        Assert.Single(await _gateway.MessagesAsync(to));
    }

    [Fact]
    public async Task Right_code_is_approved_once_and_then_not_found()
    {
        var to = TestGateway.NewTarget();
        var (sid, code) = await _gateway.SendCodeAsync(to);

        var right = await _gateway.CheckAsync(to, code);

        Assert.Equal(HttpStatusCode.OK, right.Status);
        Assert.Equal((sid, to, "email", "approved"), (right.Text("sid"), right.Text("to"), right.Text("channel"), right.Text("status")));
        Assert.True(right.Json.GetProperty("valid").GetBoolean());
        VerifyGateway.AssertError(await _gateway.CheckAsync(to, code), HttpStatusCode.NotFound, 20404);
        VerifyGateway.AssertError(await _gateway.FetchAsync(sid), HttpStatusCode.NotFound, 20404);
        VerifyGateway.AssertError(await _gateway.UpdateAsync(sid, "canceled"), HttpStatusCode.NotFound, 20404);
    }

    [Fact]
    public async Task Wrong_code_is_pending_and_not_valid()
    {
        var to = VerifyGateway.NewPhone();
        var (sid, code) = await _gateway.SendCodeAsync(to);

        var wrong = await _gateway.CheckAsync(to, TestGateway.WrongFor(code));

        Assert.Equal(HttpStatusCode.OK, wrong.Status);
        Assert.Equal((sid, "pending"), (wrong.Text("sid"), wrong.Text("status")));
        Assert.False(wrong.Json.GetProperty("valid").GetBoolean());
        Assert.Equal("approved", (await _gateway.CheckAsync(to, code)).Text("status"));
    }

    [Fact]
    public async Task Check_by_sid_finds_the_target()
    {
        var to = VerifyGateway.NewPhone();
        var (sid, code) = await _gateway.SendCodeAsync(to);

        var answer = await _gateway.PostAsync($"{VerifyGateway.Shop}/VerificationCheck", [("VerificationSid", sid.ToUpperInvariant()), ("Code", code)]);

        Assert.Equal((HttpStatusCode.OK, sid, to, "approved"), (answer.Status, answer.Text("sid"), answer.Text("to"), answer.Text("status")));
    }

    [Fact]
    public async Task Check_by_sid_and_another_target_is_not_found()
    {
        var to = VerifyGateway.NewPhone();
        var (sid, code) = await _gateway.SendCodeAsync(to);

        var answer = await _gateway.CheckAsync(VerifyGateway.NewPhone(), code, more: ("VerificationSid", sid));

        VerifyGateway.AssertError(answer, HttpStatusCode.NotFound, 20404);
        Assert.Equal("approved", (await _gateway.CheckAsync(to, code, more: ("VerificationSid", sid))).Text("status"));
    }

    [Fact]
    public async Task Fetch_tells_the_same_by_sid_and_by_target()
    {
        var to = TestGateway.NewTarget();
        var started = await _gateway.StartAsync(to);

        var bySid = await _gateway.FetchAsync(started.Text("sid"));
        var byTarget = await _gateway.FetchAsync(to.ToUpperInvariant());

        Assert.Equal(HttpStatusCode.OK, bySid.Status);
        Assert.Equal(started.Body, bySid.Body);
        Assert.Equal(started.Body, byTarget.Body);
    }

    [Theory]
    [InlineData("canceled", false)]
    [InlineData("approved", true)]
    public async Task Update_ends_the_verification(string status, bool valid)
    {
        var to = VerifyGateway.NewPhone();
        var (sid, code) = await _gateway.SendCodeAsync(to);

        var answer = await _gateway.UpdateAsync(status == "canceled" ? sid : to, status);

        Assert.Equal((HttpStatusCode.OK, sid, to, status), (answer.Status, answer.Text("sid"), answer.Text("to"), answer.Text("status")));
        Assert.Equal(valid, answer.Json.GetProperty("valid").GetBoolean());
        VerifyGateway.AssertError(await _gateway.CheckAsync(to, code), HttpStatusCode.NotFound, 20404);
        VerifyGateway.AssertError(await _gateway.FetchAsync(sid), HttpStatusCode.NotFound, 20404);
    }

    [Fact]
    public async Task Exhausted_verification_says_so_and_compares_nothing()
    {
        var to = VerifyGateway.NewPhone();
        var (sid, code) = await _gateway.SendCodeAsync(to);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("pending", (await _gateway.CheckAsync(to, TestGateway.WrongFor(code))).Text("status"));
        }

        var right = await _gateway.CheckAsync(to, code);

        VerifyGateway.AssertError(right, HttpStatusCode.TooManyRequests, 60202);
        Assert.Equal("601", right.Header("Retry-After"));
        Assert.Equal("max_attempts_reached", (await _gateway.FetchAsync(sid)).Text("status"));
    }

    [Theory]
    [InlineData(0, "pending")]
    [InlineData(5, "max_attempts_reached")]
    public async Task Expired_verification_is_not_found(int wrongGuesses, string status)
    {
        await using var gateway = await VerifyGateway.StartAsync();
        var to = VerifyGateway.NewPhone();
        var (sid, code) = await gateway.SendCodeAsync(to);
        for (var i = 0; i < wrongGuesses; i++)
        {
            await gateway.CheckAsync(to, TestGateway.WrongFor(code));
        }

        gateway.Gateway.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(status, (await gateway.FetchAsync(sid)).Text("status"));

        gateway.Gateway.Time.Advance(TimeSpan.FromTicks(1));

        VerifyGateway.AssertError(await gateway.FetchAsync(sid), HttpStatusCode.NotFound, 20404);
        VerifyGateway.AssertError(await gateway.FetchAsync(to), HttpStatusCode.NotFound, 20404);
        VerifyGateway.AssertError(await gateway.CheckAsync(to, code), HttpStatusCode.NotFound, 20404);
    }

    [Fact]
    public async Task Service_tells_what_the_settings_say_of_the_program()
    {
        var shop = await _gateway.CallAsync(HttpMethod.Get, VerifyGateway.Shop);
        var bank = await _gateway.CallAsync(HttpMethod.Get, VerifyGateway.Bank);

        Assert.Equal((HttpStatusCode.OK, VerifyGateway.Shop, VerifyGateway.Account), (shop.Status, shop.Text("sid"), shop.Text("account_sid")));
        Assert.Equal(("31", 6), (shop.Text("friendly_name"), shop.Json.GetProperty("code_length").GetInt32()));
        Assert.Equal((true, false), (shop.Json.GetProperty("custom_code_enabled").GetBoolean(), shop.Json.GetProperty("psd2_enabled").GetBoolean()));
        Assert.Equal((false, true), (bank.Json.GetProperty("custom_code_enabled").GetBoolean(), bank.Json.GetProperty("psd2_enabled").GetBoolean()));
        Assert.EndsWith($"{VerifyGateway.Shop}/Verifications", shop.Json.GetProperty("links").GetProperty("verifications").GetString(), StringComparison.Ordinal);
    }
}
