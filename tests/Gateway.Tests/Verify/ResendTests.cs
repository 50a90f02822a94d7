using System.Net;
using System.Text.Json;

namespace Otp.Gateway.Tests.Verify;

/// <summary>What a further start does while a verification lives, by the rules that the program has.</summary>
public sealed class ResendTests(VerifyFixture fixture)
{
    private readonly VerifyGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Twilios_rules_send_the_same_code_under_the_same_sid()
    {
        var to = VerifyGateway.NewPhone();
        var first = await _gateway.StartAsync(to);
        var second = await _gateway.StartAsync(to, more: ("Channel", "whatsapp"));

        Assert.Equal(first.Text("sid"), second.Text("sid"));
        Assert.Equal("whatsapp", second.Text("channel"));
        Assert.Equal(["SMS", "WHATSAPP"], second.Json.GetProperty("send_code_attempts").EnumerateArray().Select(attempt => attempt.GetProperty("channel").GetString()!));
        var messages = await _gateway.MessagesAsync(to);
        Assert.Equal(2, messages.Count);
        Assert.Equal(messages[0].Code, messages[1].Code);
    }

    [Fact]
    public async Task Twilios_rules_allow_five_sends_in_ten_minutes()
    {
        await using var gateway = await VerifyGateway.StartAsync();
        var to = VerifyGateway.NewPhone();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.Created, (await gateway.StartAsync(to)).Status);
        }

        var sixth = await gateway.StartAsync(to);

        VerifyGateway.AssertError(sixth, HttpStatusCode.TooManyRequests, 60203);
        Assert.Equal("600", sixth.Header("Retry-After"));
        Assert.Equal("\"verification\";q=5;w=600", sixth.Header("RateLimit-Policy"));
        gateway.Gateway.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.Created, (await gateway.StartAsync(to)).Status);
    }

    [Fact]
    public async Task Code_that_is_replaced_takes_its_verification_with_it()
    {
        var to = VerifyGateway.NewPhone();
        var (first, code) = await _gateway.SendCodeAsync(to, VerifyGateway.Plain);
        var (second, _) = await _gateway.SendCodeAsync(to, VerifyGateway.Plain);

        Assert.NotEqual(first, second);
        VerifyGateway.AssertError(await _gateway.FetchAsync(first, VerifyGateway.Plain), HttpStatusCode.NotFound, 20404);
        var check = await _gateway.PostAsync($"{VerifyGateway.Plain}/VerificationCheck", [("VerificationSid", first), ("Code", code)]);
        VerifyGateway.AssertError(check, HttpStatusCode.NotFound, 20404);
        Assert.Equal("pending", (await _gateway.FetchAsync(second, VerifyGateway.Plain)).Text("status"));
    }

    [Fact]
    public async Task Repeat_under_one_key_sends_once_and_gets_the_same_answer()
    {
        var to = VerifyGateway.NewPhone();
        var key = Guid.NewGuid().ToString();
        var first = await _gateway.StartAsync(to, key: key);

        var second = await _gateway.StartAsync(to, key: key);
        var other = await _gateway.StartAsync(to, key: key, more: ("Locale", "pt"));

        Assert.Equal(first.Body, second.Body);
        Assert.Single(await _gateway.MessagesAsync(to));
        VerifyGateway.AssertError(other, HttpStatusCode.UnprocessableEntity, 60200, "Idempotency-Key");
    }

    [Fact]
    public async Task Repeated_check_gets_its_answer_again()
    {
        var to = VerifyGateway.NewPhone();
        var (sid, code) = await _gateway.SendCodeAsync(to);
        var key = Guid.NewGuid().ToString();
        var right = await _gateway.CheckAsync(to, code, key: key);

        var again = await _gateway.CheckAsync(to, code, key: key);

        Assert.Equal((HttpStatusCode.OK, sid, "approved"), (again.Status, again.Text("sid"), again.Text("status")));
        Assert.Equal(JsonValueKind.True, right.Json.GetProperty("valid").ValueKind);
    }

    [Theory]
    [InlineData("approved", "canceled")]
    [InlineData("canceled", "approved")]
    public async Task Repeat_of_what_ended_a_verification_gets_its_answer_again_and_changes_nothing(string status, string other)
    {
        var to = VerifyGateway.NewPhone();
        var (sid, code) = await _gateway.SendCodeAsync(to);
        var key = Guid.NewGuid().ToString();
        var first = await _gateway.UpdateAsync(sid, status, key: key);
        Assert.Equal((HttpStatusCode.OK, status), (first.Status, first.Text("status")));

        Assert.Equal(first.Body, (await _gateway.UpdateAsync(sid, status, key: key)).Body);
        Assert.Equal(first.Body, (await _gateway.UpdateAsync(to, status, key: key)).Body);
        VerifyGateway.AssertError(await _gateway.UpdateAsync(sid, other, key: key), HttpStatusCode.UnprocessableEntity, 60200, "Idempotency-Key");
        VerifyGateway.AssertError(await _gateway.UpdateAsync(sid, status, key: Guid.NewGuid().ToString()), HttpStatusCode.NotFound, 20404);
        VerifyGateway.AssertError(await _gateway.UpdateAsync(sid, status), HttpStatusCode.NotFound, 20404);
        VerifyGateway.AssertError(await _gateway.FetchAsync(sid), HttpStatusCode.NotFound, 20404);
        VerifyGateway.AssertError(await _gateway.CheckAsync(to, code), HttpStatusCode.NotFound, 20404);
    }

    [Fact]
    public async Task Repeated_end_is_answered_as_before_and_does_not_end_the_next_verification()
    {
        var to = VerifyGateway.NewPhone();
        var key = Guid.NewGuid().ToString();
        await _gateway.StartAsync(to);
        var first = await _gateway.UpdateAsync(to, "canceled", key: key);
        Assert.Equal("canceled", first.Text("status"));
        var next = await _gateway.StartAsync(to);

        Assert.Equal(first.Body, (await _gateway.UpdateAsync(to, "canceled", key: key)).Body);
        var reused = await _gateway.UpdateAsync(next.Text("sid")!, "canceled", key: key);

        VerifyGateway.AssertError(reused, HttpStatusCode.UnprocessableEntity, 60200, "Idempotency-Key");
        Assert.Equal("pending", (await _gateway.FetchAsync(to)).Text("status"));
    }

    [Fact]
    public async Task Key_that_ended_a_verification_ends_no_other_targets()
    {
        var (one, other) = (VerifyGateway.NewPhone(), VerifyGateway.NewPhone());
        var key = Guid.NewGuid().ToString();
        await _gateway.StartAsync(one);
        await _gateway.UpdateAsync(one, "canceled", key: key);

        VerifyGateway.AssertError(await _gateway.UpdateAsync(other, "canceled", key: key), HttpStatusCode.NotFound, 20404);
    }

    [Fact]
    public async Task First_message_and_the_latest_fifteen_are_told()
    {
        await using var gateway = await VerifyGateway.StartAsync(new()
        {
            ["Otp:Programs:31:Policy:Windows:0:Name"] = "hour",
            ["Otp:Programs:31:Policy:Windows:0:Limit"] = "100",
            ["Otp:Programs:31:Policy:Windows:0:Period"] = "01:00:00",
        });
        var to = VerifyGateway.NewPhone();
        var start = gateway.Gateway.Time.GetUtcNow();
        for (var i = 0; i < 20; i++)
        {
            await gateway.StartAsync(to);
            gateway.Gateway.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var attempts = (await gateway.FetchAsync(to)).Json.GetProperty("send_code_attempts").EnumerateArray();

        var seconds = attempts.Select(attempt => (int)Math.Round((attempt.GetProperty("time").GetDateTimeOffset() - start).TotalSeconds));
        Assert.Equal([0, .. Enumerable.Range(5, 15)], seconds);
    }

    [Fact]
    public async Task Of_cancels_and_right_checks_at_once_one_has_its_effect()
    {
        for (var round = 0; round < 8; round++)
        {
            var to = VerifyGateway.NewPhone();
            var (sid, code) = await _gateway.SendCodeAsync(to);

            var answers = await Task.WhenAll(
                Enumerable.Range(0, 16).Select(i => i % 2 == 0 ? _gateway.CheckAsync(to, code) : _gateway.UpdateAsync(sid, "canceled")));

            Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
            Assert.Equal(15, answers.Count(answer => answer.Status == HttpStatusCode.NotFound));
        }
    }

    [Fact]
    public async Task Sixty_four_right_checks_at_once_approve_once()
    {
        var to = VerifyGateway.NewPhone();
        var (_, code) = await _gateway.SendCodeAsync(to);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => _gateway.CheckAsync(to, code)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(63, answers.Count(answer => answer.Status == HttpStatusCode.NotFound));
    }
}
