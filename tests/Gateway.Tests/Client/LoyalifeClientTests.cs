using Otp.Client;
using Otp.Gateway.Tests.Harness;
using Otp.Gateway.Tests.Loyalife;
using Otp.Gateway.Tests.OpenApi;

namespace Otp.Gateway.Tests.Client;

/// <summary>The C# client of the Loyalife API against a real gateway.</summary>
public sealed class LoyalifeClientTests(LoyalifeFixture fixture) : IDisposable
{
    private const string Login = "LOGIN";

    private static readonly DocumentedAnswers Documented = new(new SocketsHttpHandler());

    private readonly LoyalifeService _service = fixture.Service;
    private readonly LoyalifeClient _client = Of(fixture.Service);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_code_is_sent_to_a_member_and_verified(bool byReference)
    {
        var (reference, email) = await _service.NewMemberAsync();
        var member = byReference ? LoyalifeMember.WithRelationReference(reference) : LoyalifeMember.WithEmail(email);

        var sent = await _client.SendAsync(member, Login, "192.168.1.1", cancellationToken: Cancellation);
        var code = (await _service.LatestCodeAsync(email))!;
        var wrong = await _client.VerifyAsync(member, TestGateway.WrongFor(code), Login, cancellationToken: Cancellation);
        var verified = await _client.VerifyAsync(member, $"{code[..3]} {code[3..]}", Login, cancellationToken: Cancellation);

        Assert.Equal((SendStatus.Sent, null, null), (sent.Status, sent.Channel, sent.Error));
        Assert.Equal(4, sent.RateLimit!.Remaining);
        Assert.Equal((VerifyStatus.Refused, "Invalid or expired OTP"), (wrong.Status, wrong.Error));
        Assert.Equal((VerifyStatus.Verified, true, null), (verified.Status, verified.IsVerified, verified.Error));
    }

    [Fact]
    public async Task An_unknown_member_is_answered_as_a_known_one()
    {
        var sent = await _client.SendAsync(LoyalifeMember.WithEmail(TestGateway.NewTarget()), Login, cancellationToken: Cancellation);

        Assert.Equal(SendStatus.Sent, sent.Status);
    }

    [Fact]
    public async Task A_code_serves_the_purpose_that_it_was_sent_for()
    {
        var (_, email) = await _service.NewMemberAsync();
        var member = LoyalifeMember.WithEmail(email);
        await _client.SendAsync(member, "TwoFA", cancellationToken: Cancellation);
        var code = (await _service.LatestCodeAsync(email))!;

        Assert.Equal(VerifyStatus.Refused, (await _client.VerifyAsync(member, code, Login, cancellationToken: Cancellation)).Status);
        Assert.True((await _client.VerifyAsync(member, code, "TwoFA", cancellationToken: Cancellation)).IsVerified);
    }

    [Fact]
    public async Task A_reached_limit_says_how_long_to_wait()
    {
        var (reference, _) = await _service.NewMemberAsync();
        var member = LoyalifeMember.WithRelationReference(reference);
        for (var i = 0; i < 5; i++)
        {
            Assert.True((await _client.SendAsync(member, Login, cancellationToken: Cancellation)).IsSent);
        }

        var refused = await _client.SendAsync(member, Login, cancellationToken: Cancellation);

        Assert.Equal((SendStatus.Limited, TimeSpan.FromHours(1)), (refused.Status, refused.RetryAfter));
    }

    [Theory]
    [InlineData("nobody", Login)]
    [InlineData("jane@example.com", "BREAKFAST")]
    public async Task What_the_API_does_not_know_is_an_invalid_request(string email, string otpType)
    {
        var sent = await _client.SendAsync(LoyalifeMember.WithEmail(email), otpType, cancellationToken: Cancellation);

        Assert.Equal(SendStatus.InvalidRequest, sent.Status);
        Assert.StartsWith("Bad request", sent.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12a456")]
    [InlineData("")]
    [InlineData("12345678901234567890")]
    [InlineData("1234567")]
    public async Task A_code_that_is_none_costs_no_attempt(string code)
    {
        var refused = await _client.VerifyAsync(LoyalifeMember.WithEmail(TestGateway.NewTarget()), code, Login, cancellationToken: Cancellation);

        Assert.Equal(VerifyStatus.InvalidRequest, refused.Status);
        Assert.NotEmpty(refused.Error!);
    }

    [Fact]
    public async Task A_program_that_is_not_the_clients_is_forbidden()
    {
        using var client = Of(_service, programId: 8);

        Assert.Equal(SendStatus.Forbidden, (await client.SendAsync(LoyalifeMember.WithEmail("a@example.com"), Login, cancellationToken: Cancellation)).Status);
    }

    [Fact]
    public async Task A_wrong_secret_is_unauthorized()
    {
        using var client = Of(_service, secret: "wrong");

        var sent = await client.SendAsync(LoyalifeMember.WithEmail("a@example.com"), Login, cancellationToken: Cancellation);

        Assert.Equal((SendStatus.Unauthorized, "Invalid client_id or client_secret"), (sent.Status, sent.Error));
    }

    [Fact]
    public async Task A_verify_whose_answer_is_lost_is_still_the_one_that_succeeded()
    {
        using var handler = new LosingHandler(LoyalifeService.VerifyPath, losses: 1);
        using var client = Of(_service, handler: handler, time: new HurriedTime());
        var (_, email) = await _service.NewMemberAsync();
        var member = LoyalifeMember.WithEmail(email);
        await client.SendAsync(member, Login, cancellationToken: Cancellation);
        var code = (await _service.LatestCodeAsync(email))!;

        var verified = await client.VerifyAsync(member, code, Login, cancellationToken: Cancellation);

        Assert.True(verified.IsVerified);
        Assert.Equal([verified.IdempotencyKey, verified.IdempotencyKey], handler.Keys);
    }

    [Fact]
    public void A_member_does_not_format_who_it_is() => Assert.Equal(nameof(LoyalifeMember), $"{LoyalifeMember.WithEmail("jane.doe@example.com")}");

    public void Dispose() => _client.Dispose();

    private static LoyalifeClient Of(
        LoyalifeService service, long programId = 7, string secret = TestGateway.Secret, HttpMessageHandler? handler = null, TimeProvider? time = null) =>
        new(
            new OtpClientOptions { BaseAddress = service.Gateway.Http.BaseAddress!, ClientId = LoyalifeService.Client, ClientSecret = secret },
            programId,
            handler ?? Documented,
            time);
}
