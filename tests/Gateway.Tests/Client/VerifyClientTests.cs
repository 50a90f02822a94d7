using Otp.Client;
using Otp.Delivery;
using Otp.Gateway.Tests.Harness;
using Otp.Gateway.Tests.OpenApi;
using Otp.Gateway.Tests.Verify;

namespace Otp.Gateway.Tests.Client;

/// <summary>The C# client of the Verify API against a real gateway.</summary>
public sealed class VerifyClientTests(VerifyFixture fixture) : IDisposable
{
    private static readonly DocumentedAnswers Documented = new(new SocketsHttpHandler());

    private readonly VerifyGateway _gateway = fixture.Gateway;
    private readonly VerifyClient _client = Of(fixture.Gateway, VerifyGateway.Shop);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_code_is_sent_fetched_checked_and_used_up()
    {
        var to = TestGateway.NewTarget();

        var sent = await _client.SendAsync(to.ToUpperInvariant(), VerificationChannel.Email, cancellationToken: Cancellation);
        var fetched = await _client.FetchAsync(to, Cancellation);
        var code = await CodeAsync(to);
        var wrong = await _client.CheckAsync(to, TestGateway.WrongFor(code), cancellationToken: Cancellation);
        var right = await _client.CheckAsync(to, code, cancellationToken: Cancellation);
        var again = await _client.CheckAsync(to, code, cancellationToken: Cancellation);

        Assert.Equal((SendStatus.Sent, OtpChannel.Email, null), (sent.Status, sent.Channel, sent.Error));
        Assert.Equal(4, sent.RateLimit!.Remaining);
        Assert.Equal((VerificationStatus.Pending, sent.VerificationSid, to), (fetched.Status, fetched.Sid, fetched.To));
        Assert.Equal((VerificationStatus.Pending, false, null), (wrong.Status, wrong.IsApproved, wrong.Error));
        Assert.Equal((VerificationStatus.Approved, true, sent.VerificationSid, to), (right.Status, right.IsApproved, right.Sid, right.To));
        var gone = $"The requested resource /v2/Services/{VerifyGateway.Shop}/VerificationCheck was not found";
        Assert.Equal((VerificationStatus.NotFound, gone), (again.Status, again.Error));
    }

    [Theory]
    [InlineData(VerificationChannel.Sms)]
    [InlineData(VerificationChannel.Call)]
    [InlineData(VerificationChannel.WhatsApp)]
    public async Task A_code_reaches_a_phone_over_each_channel(VerificationChannel channel)
    {
        var to = VerifyGateway.NewPhone();

        var sent = await _client.SendAsync(to, channel, cancellationToken: Cancellation);

        Assert.Equal((SendStatus.Sent, OtpChannel.Phone), (sent.Status, sent.Channel));
        Assert.Single(await _gateway.MessagesAsync(to));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_canceled_verification_is_over(bool bySid)
    {
        var to = VerifyGateway.NewPhone();
        var sent = await _client.SendAsync(to, VerificationChannel.Sms, cancellationToken: Cancellation);

        var canceled = await _client.CancelAsync(bySid ? sent.VerificationSid! : to, cancellationToken: Cancellation);
        var checkedCode = await _client.CheckAsync(to, await CodeAsync(to), cancellationToken: Cancellation);

        Assert.Equal((VerificationStatus.Canceled, sent.VerificationSid), (canceled.Status, canceled.Sid));
        Assert.Equal(VerificationStatus.NotFound, checkedCode.Status);
        Assert.Equal(VerificationStatus.NotFound, (await _client.CancelAsync(to, cancellationToken: Cancellation)).Status);
        Assert.Equal(VerificationStatus.NotFound, (await _client.FetchAsync(sent.VerificationSid!, Cancellation)).Status);
    }

    [Fact]
    public async Task A_code_that_was_guessed_too_often_says_how_long_to_wait()
    {
        var to = VerifyGateway.NewPhone();
        await _client.SendAsync(to, VerificationChannel.Sms, cancellationToken: Cancellation);
        var code = await CodeAsync(to);
        for (var i = 0; i < 5; i++)
        {
            await _client.CheckAsync(to, TestGateway.WrongFor(code), cancellationToken: Cancellation);
        }

        var refused = await _client.CheckAsync(to, code, cancellationToken: Cancellation);

        Assert.Equal((VerificationStatus.MaxAttemptsReached, "Max check attempts reached"), (refused.Status, refused.Error));
        Assert.NotNull(refused.RetryAfter);
        Assert.Equal(VerificationStatus.MaxAttemptsReached, (await _client.FetchAsync(to, Cancellation)).Status);
    }

    [Fact]
    public async Task A_reached_limit_says_how_long_to_wait()
    {
        var to = VerifyGateway.NewPhone();
        for (var i = 0; i < 5; i++)
        {
            Assert.True((await _client.SendAsync(to, VerificationChannel.Sms, cancellationToken: Cancellation)).IsSent);
        }

        var refused = await _client.SendAsync(to, VerificationChannel.Sms, cancellationToken: Cancellation);

        Assert.Equal((SendStatus.Limited, TimeSpan.FromMinutes(10)), (refused.Status, refused.RetryAfter));
        Assert.Equal(0, refused.RateLimit!.Remaining);
    }

    [Theory]
    [InlineData("nobody", VerificationChannel.Email, VerifyGateway.Strict)]
    [InlineData("jane@example.org", VerificationChannel.Email, VerifyGateway.Strict)]
    [InlineData("+33612345678", VerificationChannel.Sms, VerifyGateway.Strict)]
    [InlineData("+442079460018", VerificationChannel.Sms, VerifyGateway.Strict)]
    [InlineData("+447700900123", VerificationChannel.Email, VerifyGateway.Shop)]
    public async Task A_target_that_gets_no_code_is_refused(string to, VerificationChannel channel, string service)
    {
        using var client = Of(_gateway, service);

        var refused = await client.SendAsync(to, channel, cancellationToken: Cancellation);

        Assert.Equal((SendStatus.TargetRefused, null, null), (refused.Status, refused.VerificationSid, refused.Channel));
        Assert.NotEmpty(refused.Error!);
    }

    [Fact]
    public async Task A_message_that_no_provider_takes_is_told()
    {
        using var client = Of(_gateway, VerifyGateway.Strict);

        var sent = await client.SendAsync(TestGateway.NewTarget(), VerificationChannel.Email, cancellationToken: Cancellation);

        Assert.Equal(SendStatus.NotDelivered, sent.Status);
    }

    [Fact]
    public async Task A_code_for_a_payment_is_right_for_it_alone()
    {
        using var bank = Of(_gateway, VerifyGateway.Bank);
        var (to, rent) = (VerifyGateway.NewPhone(), new Payment("€39.99", "Acme Ltd"));

        Assert.Equal(SendStatus.InvalidRequest, (await bank.SendAsync(to, VerificationChannel.Sms, cancellationToken: Cancellation)).Status);
        Assert.True((await bank.SendAsync(to, VerificationChannel.Sms, payment: rent, cancellationToken: Cancellation)).IsSent);
        var code = await CodeAsync(to);

        Assert.Equal(VerificationStatus.InvalidRequest, (await bank.CheckAsync(to, code, cancellationToken: Cancellation)).Status);
        Assert.False((await bank.CheckAsync(to, code, payment: rent with { Amount = "€3999" }, cancellationToken: Cancellation)).IsApproved);
        Assert.True((await bank.CheckAsync(to, code, payment: rent, cancellationToken: Cancellation)).IsApproved);
    }

    [Fact]
    public async Task What_a_service_does_not_do_is_an_invalid_request()
    {
        var (to, payment) = (VerifyGateway.NewPhone(), new Payment("€39.99", "Acme Ltd"));

        var sent = await _client.SendAsync(to, VerificationChannel.Sms, payment: payment, cancellationToken: Cancellation);
        var checkedCode = await _client.CheckAsync(to, "123456", payment: payment, cancellationToken: Cancellation);

        Assert.Equal((SendStatus.InvalidRequest, "Service does not support this feature"), (sent.Status, sent.Error));
        Assert.Equal(VerificationStatus.InvalidRequest, checkedCode.Status);
    }

    [Fact]
    public async Task A_caller_brings_its_own_code_where_the_service_allows_it()
    {
        using var plain = Of(_gateway, VerifyGateway.Plain);
        var to = VerifyGateway.NewPhone();

        await _client.SendAsync(to, VerificationChannel.Sms, customCode: "70314265", cancellationToken: Cancellation);

        Assert.True((await _client.CheckAsync(to, "70314265", cancellationToken: Cancellation)).IsApproved);
        Assert.Equal(
            SendStatus.InvalidRequest, (await plain.SendAsync(to, VerificationChannel.Sms, customCode: "70314265", cancellationToken: Cancellation)).Status);
    }

    [Fact]
    public async Task A_send_names_the_language_of_its_message()
    {
        await using var gateway = await VerifyGateway.StartAsync(new() { ["Otp:Programs:31:Templates:default:Phone:pt:Text"] = "Código: {{code}}" });
        using var client = Of(gateway, VerifyGateway.Shop);
        var to = VerifyGateway.NewPhone();

        await client.SendAsync(to, VerificationChannel.Sms, language: "pt-BR", cancellationToken: Cancellation);

        Assert.StartsWith("Código: ", (await gateway.MessagesAsync(to))[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_send_whose_answers_are_lost_counts_once()
    {
        using var handler = new LosingHandler($"/v2/Services/{VerifyGateway.Shop}/Verifications", losses: 2);
        using var client = Of(_gateway, VerifyGateway.Shop, handler: handler, time: new HurriedTime());

        var sent = await client.SendAsync(VerifyGateway.NewPhone(), VerificationChannel.Sms, cancellationToken: Cancellation);

        Assert.Equal((SendStatus.Sent, 4), (sent.Status, sent.RateLimit!.Remaining));
        Assert.Equal([sent.IdempotencyKey, sent.IdempotencyKey, sent.IdempotencyKey], handler.Keys);
    }

    [Fact]
    public async Task A_check_whose_answer_is_lost_is_still_the_one_that_approved()
    {
        using var handler = new LosingHandler($"/v2/Services/{VerifyGateway.Shop}/VerificationCheck", losses: 1);
        using var client = Of(_gateway, VerifyGateway.Shop, handler: handler, time: new HurriedTime());
        var to = VerifyGateway.NewPhone();
        await client.SendAsync(to, VerificationChannel.Sms, cancellationToken: Cancellation);
        var code = await CodeAsync(to);

        Assert.True((await client.CheckAsync(to, code, cancellationToken: Cancellation)).IsApproved);
        Assert.Equal(VerificationStatus.NotFound, (await client.CheckAsync(to, code, cancellationToken: Cancellation)).Status);
    }

    [Fact]
    public async Task A_key_of_another_payload_is_refused()
    {
        var to = VerifyGateway.NewPhone();
        await _client.SendAsync(to, VerificationChannel.Sms, cancellationToken: Cancellation);
        var code = await CodeAsync(to);
        await _client.CheckAsync(to, TestGateway.WrongFor(code), "order-7", cancellationToken: Cancellation);

        var refused = await _client.CheckAsync(to, code, "order-7", cancellationToken: Cancellation);

        Assert.Equal((VerificationStatus.InvalidRequest, "order-7"), (refused.Status, refused.IdempotencyKey));
    }

    [Fact]
    public async Task Wrong_credentials_are_unauthorized()
    {
        using var stranger = Of(_gateway, VerifyGateway.Shop, secret: "wrong");

        Assert.Equal(SendStatus.Unauthorized, (await stranger.SendAsync("a@example.com", VerificationChannel.Email, cancellationToken: Cancellation)).Status);
        Assert.Equal(VerificationStatus.Unauthorized, (await stranger.CheckAsync("a@example.com", "123456", cancellationToken: Cancellation)).Status);
    }

    [Fact]
    public async Task Where_nobody_listens_the_service_is_unavailable()
    {
        using var client = new VerifyClient(
            new OtpClientOptions { BaseAddress = new Uri(LoopbackEndpoint.Nowhere()), ClientId = "AC", ClientSecret = "token", MaxRetries = 0 },
            VerifyGateway.Shop);

        var sent = await client.SendAsync("a@example.com", VerificationChannel.Email, cancellationToken: Cancellation);
        var canceled = await client.CancelAsync("a@example.com", "key", Cancellation);

        Assert.Equal((SendStatus.Unavailable, "The service did not answer."), (sent.Status, sent.Error));
        Assert.Equal((VerificationStatus.Unavailable, "key"), (canceled.Status, canceled.IdempotencyKey));
    }

    [Fact]
    public async Task Results_do_not_format_what_is_secret()
    {
        var to = TestGateway.NewTarget();
        var sent = await _client.SendAsync(to, VerificationChannel.Email, cancellationToken: Cancellation);
        var code = await CodeAsync(to);
        var right = await _client.CheckAsync(to, code, cancellationToken: Cancellation);

        Assert.DoesNotMatch($"{to}|{code}|Acme", $"{sent} {right} {new Payment("€39.99", "Acme Ltd")}");
    }

    [Theory]
    [InlineData("p")]
    [InlineData("pt BR")]
    [InlineData("português")]
    public async Task A_language_that_is_none_is_an_argument_exception(string language) =>
        await Assert.ThrowsAsync<ArgumentException>(
            () => _client.SendAsync("a@example.com", VerificationChannel.Email, language: language, cancellationToken: Cancellation));

    public void Dispose() => _client.Dispose();

    private async Task<string> CodeAsync(string to) => (await _gateway.MessagesAsync(to))[0].Code;

    private static VerifyClient Of(
        VerifyGateway gateway, string service, string secret = TestGateway.Secret, HttpMessageHandler? handler = null, TimeProvider? time = null) =>
        new(
            new OtpClientOptions { BaseAddress = gateway.Gateway.Http.BaseAddress!, ClientId = VerifyGateway.AccountOf(service), ClientSecret = secret },
            service,
            handler ?? Documented,
            time);
}
