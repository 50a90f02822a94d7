using Otp.Client;
using Otp.Gateway.Tests.Harness;
using Otp.Gateway.Tests.OpenApi;

namespace Otp.Gateway.Tests.Client;

/// <summary>The C# client against a real gateway.</summary>
public sealed class OtpClientTests(GatewayFixture fixture) : IDisposable
{
    private static readonly DocumentedAnswers Documented = new(new SocketsHttpHandler());

    private readonly TestGateway _gateway = fixture.Gateway;
    private readonly OtpClient _client = Of(fixture.Gateway);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_code_is_sent_verified_and_opens_a_session()
    {
        var target = TestGateway.NewTarget();

        var sent = await _client.SendAsync(target.ToUpperInvariant(), cancellationToken: Cancellation);
        var verified = await _client.VerifyAsync(target, sent.MockCode!, "Jane", cancellationToken: Cancellation);
        var session = await _client.GetSessionAsync(verified.SessionToken!, Cancellation);

        Assert.Equal((SendStatus.Sent, OtpChannel.Email, null), (sent.Status, sent.Channel, sent.Error));
        Assert.Equal(new RateLimit("hour", 4, TimeSpan.FromHours(1)), sent.RateLimit);
        Assert.Equal((VerifyStatus.Verified, target, null), (verified.Status, verified.VerifiedTarget, verified.Error));
        Assert.Equal(("Jane", target, null, true), (verified.Identity!.Name, verified.Identity.Email, verified.Identity.Phone, verified.Identity.Verified));
        Assert.True(session.IsValid);
        Assert.Equal(verified.Identity, session.Identity);
    }

    [Fact]
    public async Task A_phone_number_goes_by_sms()
    {
        var sent = await _client.SendAsync("020 7946 0234", cancellationToken: Cancellation);

        Assert.Equal((SendStatus.Sent, OtpChannel.Phone), (sent.Status, sent.Channel));
    }

    [Fact]
    public async Task What_is_no_target_is_refused()
    {
        var sent = await _client.SendAsync("nobody", cancellationToken: Cancellation);

        Assert.Equal((SendStatus.TargetRefused, "Invalid target format"), (sent.Status, sent.Error));
    }

    [Fact]
    public async Task A_reached_limit_says_how_long_to_wait()
    {
        var target = TestGateway.NewTarget();
        for (var i = 0; i < 5; i++)
        {
            Assert.True((await _client.SendAsync(target, cancellationToken: Cancellation)).IsSent);
        }

        var refused = await _client.SendAsync(target, cancellationToken: Cancellation);

        Assert.Equal((SendStatus.Limited, TimeSpan.FromHours(1)), (refused.Status, refused.RetryAfter));
        Assert.Equal(0, refused.RateLimit!.Remaining);
    }

    [Fact]
    public async Task A_wrong_code_is_refused()
    {
        var target = TestGateway.NewTarget();
        var sent = await _client.SendAsync(target, cancellationToken: Cancellation);

        var refused = await _client.VerifyAsync(target, TestGateway.WrongFor(sent.MockCode!), cancellationToken: Cancellation);

        Assert.Equal((VerifyStatus.Refused, "Invalid or expired code"), (refused.Status, refused.Error));
        Assert.False(refused.IsVerified);
    }

    [Fact]
    public async Task A_malformed_code_says_where_it_is_wrong()
    {
        var refused = await _client.VerifyAsync(TestGateway.NewTarget(), "12", cancellationToken: Cancellation);

        Assert.Equal(VerifyStatus.InvalidRequest, refused.Status);
        Assert.Contains("\"loc\":[\"body\",\"code\"]", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_another_payload_is_refused()
    {
        var target = TestGateway.NewTarget();
        var sent = await _client.SendAsync(target, cancellationToken: Cancellation);
        await _client.VerifyAsync(target, TestGateway.WrongFor(sent.MockCode!), idempotencyKey: "order-7", cancellationToken: Cancellation);

        var refused = await _client.VerifyAsync(target, sent.MockCode!, idempotencyKey: "order-7", cancellationToken: Cancellation);

        Assert.Equal((VerifyStatus.InvalidRequest, "order-7"), (refused.Status, refused.IdempotencyKey));
    }

    [Fact]
    public async Task An_unknown_session_is_invalid()
    {
        var session = await _client.GetSessionAsync("nonsense", Cancellation);

        Assert.Equal((SessionStatus.Invalid, null), (session.Status, session.Identity));
    }

    [Fact]
    public async Task An_ended_session_is_invalid()
    {
        var target = TestGateway.NewTarget();
        var sent = await _client.SendAsync(target, cancellationToken: Cancellation);
        var token = (await _client.VerifyAsync(target, sent.MockCode!, cancellationToken: Cancellation)).SessionToken!;

        Assert.Equal(SessionStatus.Invalid, (await _client.EndSessionAsync(token, Cancellation)).Status);
        Assert.Equal(SessionStatus.Invalid, (await _client.EndSessionAsync(token, Cancellation)).Status);
        Assert.Equal(SessionStatus.Invalid, (await _client.GetSessionAsync(token, Cancellation)).Status);
        Assert.Equal(SessionStatus.InvalidRequest, (await _client.EndSessionAsync("", Cancellation)).Status);
    }

    [Fact]
    public async Task A_message_that_no_provider_takes_is_told()
    {
        using var mute = Of(_gateway, TestGateway.Mute);

        var sent = await mute.SendAsync(TestGateway.NewTarget(), cancellationToken: Cancellation);

        Assert.Equal(SendStatus.NotDelivered, sent.Status);
    }

    [Fact]
    public async Task A_client_without_the_role_is_forbidden()
    {
        using var admin = Of(_gateway, TestGateway.AcmeAdmin);

        Assert.Equal(SendStatus.Forbidden, (await admin.SendAsync(TestGateway.NewTarget(), cancellationToken: Cancellation)).Status);
        Assert.Equal(VerifyStatus.Forbidden, (await admin.VerifyAsync(TestGateway.NewTarget(), "123456", cancellationToken: Cancellation)).Status);
        Assert.Equal(SessionStatus.Forbidden, (await admin.GetSessionAsync("nonsense", Cancellation)).Status);
    }

    [Fact]
    public async Task A_wrong_secret_is_unauthorized()
    {
        using var stranger = Of(_gateway, secret: "wrong");

        Assert.Equal(SendStatus.Unauthorized, (await stranger.SendAsync(TestGateway.NewTarget(), cancellationToken: Cancellation)).Status);
    }

    [Fact]
    public async Task Results_do_not_format_what_is_secret()
    {
        var target = TestGateway.NewTarget();
        var sent = await _client.SendAsync(target, cancellationToken: Cancellation);
        var verified = await _client.VerifyAsync(target, sent.MockCode!, "Jane", cancellationToken: Cancellation);
        var session = await _client.GetSessionAsync(verified.SessionToken!, Cancellation);

        Assert.DoesNotContain(sent.MockCode!, $"{sent}", StringComparison.Ordinal);
        Assert.DoesNotMatch($"{target}|{verified.SessionToken}|Jane", $"{verified} {verified.Identity} {session}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("schlüssel")]
    public async Task A_key_that_is_none_is_an_argument_exception(string key) =>
        await Assert.ThrowsAsync<ArgumentException>(() => _client.SendAsync("a@example.com", key, cancellationToken: Cancellation));

    [Fact]
    public async Task A_send_names_the_language_of_its_message()
    {
        await using var gateway = await TestGateway.StartAsync(new()
        {
            ["Otp:Programs:acme:Templates:default:Email:pt:Subject"] = "Código",
            ["Otp:Programs:acme:Templates:default:Email:pt:Text"] = "{{code}}",
        });
        using var client = Of(gateway);
        var target = TestGateway.NewTarget();

        await client.SendAsync(target, language: "pt-BR", cancellationToken: Cancellation);

        var message = (await gateway.GetAsync("/dev/inbox")).Json.EnumerateArray().Single(message => message.GetProperty("to").GetString() == target);
        Assert.Equal("Código", message.GetProperty("subject").GetString());
    }

    public void Dispose() => _client.Dispose();

    internal static OtpClient Of(
        TestGateway gateway, string client = TestGateway.Acme, string secret = TestGateway.Secret, HttpMessageHandler? handler = null, TimeProvider? time = null) =>
        new(new OtpClientOptions { BaseAddress = gateway.Http.BaseAddress!, ClientId = client, ClientSecret = secret }, handler ?? Documented, time);
}
