using System.Net;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.LoyaltyDog;

public sealed class VerifyTests(GatewayFixture fixture)
{
    private const string RefusedBody =
        """{"success":false,"error":"Invalid or expired code","verifiedTarget":null,"otpType":null,"sessionToken":null,"identity":null}""";

    private readonly TestGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Wrong_code_is_refused()
    {
        var target = TestGateway.NewTarget();
        var code = await _gateway.SendCodeAsync(target);

        AssertRefused(await _gateway.VerifyAsync(target, TestGateway.WrongFor(code)));
    }

    [Fact]
    public async Task Code_nobody_sent_is_refused_alike() => AssertRefused(await _gateway.VerifyAsync(TestGateway.NewTarget(), "123456"));

    [Fact]
    public async Task Used_code_is_refused_alike()
    {
        var target = TestGateway.NewTarget();
        var code = await _gateway.SendCodeAsync(target);

        Assert.Equal(HttpStatusCode.OK, (await _gateway.VerifyAsync(target, code)).Status);
        AssertRefused(await _gateway.VerifyAsync(target, code));
    }

    [Fact]
    public async Task Third_attempt_if_right_succeeds()
    {
        var target = TestGateway.NewTarget();
        var code = await _gateway.SendCodeAsync(target);
        AssertRefused(await _gateway.VerifyAsync(target, TestGateway.WrongFor(code)));
        AssertRefused(await _gateway.VerifyAsync(target, TestGateway.WrongFor(code)));

        Assert.Equal(HttpStatusCode.OK, (await _gateway.VerifyAsync(target, code)).Status);
    }

    [Fact]
    public async Task Fourth_attempt_although_right_fails()
    {
        var target = TestGateway.NewTarget();
        var code = await _gateway.SendCodeAsync(target);
        for (var i = 0; i < 3; i++)
        {
            AssertRefused(await _gateway.VerifyAsync(target, TestGateway.WrongFor(code)));
        }

        AssertRefused(await _gateway.VerifyAsync(target, code));
    }

    [Fact]
    public async Task Malformed_code_costs_no_attempt()
    {
        var target = TestGateway.NewTarget();
        var code = await _gateway.SendCodeAsync(target);
        foreach (var malformed in new[] { "12345", "1234567", "", "abcdef", "１２３４５", "123,456" })
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await _gateway.VerifyAsync(target, malformed)).Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await _gateway.VerifyAsync(target, code)).Status);
    }

    [Fact]
    public async Task Sixty_four_parallel_right_guesses_succeed_once()
    {
        var target = TestGateway.NewTarget();
        var code = await _gateway.SendCodeAsync(target);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => _gateway.VerifyAsync(target, code)));

        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), AssertRefused);
    }

    [Fact]
    public async Task Sixty_four_parallel_wrong_guesses_leave_no_attempt()
    {
        var target = TestGateway.NewTarget();
        var code = await _gateway.SendCodeAsync(target);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => _gateway.VerifyAsync(target, TestGateway.WrongFor(code))));

        Assert.All(answers, AssertRefused);
        AssertRefused(await _gateway.VerifyAsync(target, code));
    }

    [Fact]
    public async Task Of_sixty_four_parallel_different_guesses_three_are_compared()
    {
        await using var gateway = await TestGateway.StartAsync(new() { ["Otp:Programs:acme:Lockout:Threshold"] = "4" });
        var target = TestGateway.NewTarget();
        var code = await gateway.SendCodeAsync(target);
        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => gateway.VerifyAsync(target, TestGateway.WrongFor(code))));

        // Three compared guesses leave the target one short of its lockout: another code still works.
        var next = await gateway.SendCodeAsync(target);
        Assert.Equal(HttpStatusCode.OK, (await gateway.VerifyAsync(target, next)).Status);
    }

    [Fact]
    public async Task New_code_takes_the_old_ones_place()
    {
        var target = TestGateway.NewTarget();
        var first = await _gateway.SendCodeAsync(target);
        var second = await _gateway.SendCodeAsync(target);
        if (first != second)
        {
            AssertRefused(await _gateway.VerifyAsync(target, first));
        }

        Assert.Equal(HttpStatusCode.OK, (await _gateway.VerifyAsync(target, second)).Status);
    }

    [Fact]
    public async Task Code_lives_five_minutes()
    {
        await using var gateway = await TestGateway.StartAsync();
        var inTime = TestGateway.NewTarget();
        var tooLate = TestGateway.NewTarget();
        var codeInTime = await gateway.SendCodeAsync(inTime);
        var codeTooLate = await gateway.SendCodeAsync(tooLate);

        gateway.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(HttpStatusCode.OK, (await gateway.VerifyAsync(inTime, codeInTime)).Status);
        gateway.Time.Advance(TimeSpan.FromMilliseconds(2));
        AssertRefused(await gateway.VerifyAsync(tooLate, codeTooLate));
    }

    [Fact]
    public async Task Locked_target_gets_neither_verify_nor_send()
    {
        await using var gateway = await TestGateway.StartAsync(new() { ["Otp:Programs:acme:Lockout:Threshold"] = "2" });
        var target = TestGateway.NewTarget();
        var code = await gateway.SendCodeAsync(target);
        await gateway.VerifyAsync(target, TestGateway.WrongFor(code));
        await gateway.VerifyAsync(target, TestGateway.WrongFor(code));

        AssertRefused(await gateway.VerifyAsync(target, code));
        var send = await gateway.SendAsync(target);
        Assert.Equal(HttpStatusCode.TooManyRequests, send.Status);
        Assert.Equal("86400", send.Header("Retry-After"));
    }

    [Fact]
    public async Task Length_of_codes_is_the_programs()
    {
        await using var gateway = await TestGateway.StartAsync(new() { ["Otp:Programs:acme:Policy:Length"] = "8" });
        var target = TestGateway.NewTarget();
        var code = await gateway.SendCodeAsync(target);
        var malformed = await gateway.VerifyAsync(target, "123456");

        Assert.Matches("^[0-9]{8}$", code);
        Assert.Equal(@"^\d{8}$", malformed.Json.GetProperty("detail")[0].GetProperty("ctx").GetProperty("pattern").GetString());
        Assert.Equal(HttpStatusCode.OK, (await gateway.VerifyAsync(target, code)).Status);
    }

    [Fact]
    public async Task Invalid_target_is_refused()
    {
        var answer = await _gateway.VerifyAsync("a@b@c", "123456");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(
            """{"success":false,"error":"Invalid target format","verifiedTarget":null,"otpType":null,"sessionToken":null,"identity":null}""",
            answer.Body);
    }

    private static void AssertRefused(Answer answer)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(RefusedBody, answer.Body);
    }
}
