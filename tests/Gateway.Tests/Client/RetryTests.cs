using System.Net;
using Microsoft.AspNetCore.Http;
using Otp.Client;
using Otp.Delivery;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Client;

public sealed class RetryTests(GatewayFixture fixture)
{
    private readonly TestGateway _gateway = fixture.Gateway;
    private readonly HurriedTime _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_send_whose_answers_are_lost_counts_once()
    {
        using var handler = new LosingHandler(TestGateway.SendPath, losses: 2);
        using var client = OtpClientTests.Of(_gateway, handler: handler, time: _time);

        var sent = await client.SendAsync(TestGateway.NewTarget(), cancellationToken: Cancellation);

        Assert.Equal((SendStatus.Sent, 4), (sent.Status, sent.RateLimit!.Remaining));
        Assert.Equal([sent.IdempotencyKey, sent.IdempotencyKey, sent.IdempotencyKey], handler.Keys);
    }

    [Fact]
    public async Task A_verify_whose_answer_is_lost_is_still_the_one_that_succeeded()
    {
        using var handler = new LosingHandler(TestGateway.VerifyPath, losses: 1);
        using var client = OtpClientTests.Of(_gateway, handler: handler, time: _time);
        var target = TestGateway.NewTarget();
        var sent = await client.SendAsync(target, cancellationToken: Cancellation);

        Assert.True((await client.VerifyAsync(target, sent.MockCode!, cancellationToken: Cancellation)).IsVerified);
        Assert.False((await client.VerifyAsync(target, sent.MockCode!, cancellationToken: Cancellation)).IsVerified);
    }

    [Fact]
    public async Task When_no_answer_ever_comes_nobody_knows()
    {
        using var handler = new LosingHandler(TestGateway.SendPath, losses: int.MaxValue);
        using var client = OtpClientTests.Of(_gateway, handler: handler, time: _time);

        var sent = await client.SendAsync(TestGateway.NewTarget(), cancellationToken: Cancellation);

        Assert.Equal((SendStatus.Unavailable, "The service did not answer."), (sent.Status, sent.Error));
        Assert.Equal(4, handler.Keys.Count);
        Assert.Equal(3, _time.Pauses.Count);
    }

    [Fact]
    public async Task Where_nobody_listens_the_service_is_unavailable()
    {
        using var client = new OtpClient(Options(LoopbackEndpoint.Nowhere()), time: _time);

        Assert.Equal(SendStatus.Unavailable, (await client.SendAsync("a@example.com", cancellationToken: Cancellation)).Status);
        Assert.Equal(VerifyStatus.Unavailable, (await client.VerifyAsync("a@example.com", "123456", cancellationToken: Cancellation)).Status);
        Assert.Equal(SessionStatus.Unavailable, (await client.GetSessionAsync("token", Cancellation)).Status);
    }

    [Fact]
    public async Task The_services_own_retry_after_is_waited_out()
    {
        await using var service = await ServiceAsync((http, _) => Unavailable(http, retryAfter: 2));
        using var client = new OtpClient(Options(service.Address), time: _time);

        var sent = await client.SendAsync("a@example.com", cancellationToken: Cancellation);

        Assert.Equal((SendStatus.Unavailable, TimeSpan.FromSeconds(2)), (sent.Status, sent.RetryAfter));
        Assert.Equal(Enumerable.Repeat(TimeSpan.FromSeconds(2), 3), _time.Pauses);
    }

    [Fact]
    public async Task A_retry_after_beyond_the_patience_ends_the_call()
    {
        await using var service = await ServiceAsync((http, _) => Unavailable(http, retryAfter: 6));
        using var client = new OtpClient(Options(service.Address), time: _time);

        var sent = await client.SendAsync("a@example.com", cancellationToken: Cancellation);

        Assert.Equal((SendStatus.Unavailable, TimeSpan.FromSeconds(6)), (sent.Status, sent.RetryAfter));
        Assert.Empty(_time.Pauses);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task A_proxys_fault_is_repeated(int status)
    {
        await using var service = await ServiceAsync((http, before) =>
        {
            http.Response.StatusCode = before == 0 ? status : 200;
            http.Response.ContentType = before == 0 ? "text/html" : "application/json";
            return http.Response.WriteAsync(before == 0 ? "<html>" : """{"success":true,"otpType":"phone"}""");
        });
        using var client = new OtpClient(Options(service.Address), time: _time);

        var sent = await client.SendAsync("+442079460018", cancellationToken: Cancellation);

        Assert.Equal((SendStatus.Sent, OtpChannel.Phone), (sent.Status, sent.Channel));
    }

    [Fact]
    public async Task An_answer_that_is_none_of_the_services_is_not_taken_for_success()
    {
        await using var service = await ServiceAsync((http, _) => http.Response.WriteAsync("<html>welcome to the hotel</html>"));
        using var client = new OtpClient(Options(service.Address), time: _time);

        Assert.Equal(SendStatus.Unavailable, (await client.SendAsync("a@example.com", cancellationToken: Cancellation)).Status);
        Assert.Equal(VerifyStatus.Unavailable, (await client.VerifyAsync("a@example.com", "123456", cancellationToken: Cancellation)).Status);
    }

    [Fact]
    public async Task A_token_that_ended_is_asked_for_anew_once()
    {
        var tokens = 0;
        await using var service = await LoopbackEndpoint.StartAsync((http, _) =>
        {
            if (http.Request.Path == TestGateway.TokenPath)
            {
                return TokenAsync(http, $"token-{++tokens}");
            }

            http.Response.StatusCode = http.Request.Headers.Authorization == "Bearer token-2" ? 200 : 401;
            http.Response.ContentType = "application/json";
            return http.Response.WriteAsync("""{"success":true,"otpType":"email"}""");
        });
        using var client = new OtpClient(Options(service.Address), time: _time);

        Assert.True((await client.SendAsync("a@example.com", cancellationToken: Cancellation)).IsSent);
        Assert.True((await client.SendAsync("a@example.com", cancellationToken: Cancellation)).IsSent);
        Assert.Equal(2, tokens);
    }

    [Fact]
    public async Task Calls_side_by_side_share_one_token()
    {
        var tokens = 0;
        await using var service = await ServiceAsync(static (http, _) => Unavailable(http, retryAfter: 60), () => Interlocked.Increment(ref tokens));
        using var client = new OtpClient(Options(service.Address), time: _time);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => client.SendAsync("a@example.com", cancellationToken: Cancellation)));

        Assert.Equal(1, tokens);
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_told_so()
    {
        using var impatience = new CancellationTokenSource();
        await using var service = await ServiceAsync(async (http, _) =>
        {
            await impatience.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
        });
        using var client = new OtpClient(Options(service.Address), time: _time);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SendAsync("a@example.com", cancellationToken: impatience.Token));
    }

    [Fact]
    public void Options_out_of_their_range_are_argument_exceptions()
    {
        Assert.Throws<ArgumentException>(() => Options("otp.example.com/relative"));
        Assert.Throws<ArgumentException>(() => Options("ftp://otp.example.com"));
        Assert.Throws<ArgumentException>(() => new OtpClientOptions { BaseAddress = new Uri("https://otp.example.com"), ClientId = "", ClientSecret = "s" });
    }

    // Takes any client, and answers what else it is asked as a test says, given how often it was asked before.
    private static Task<LoopbackEndpoint> ServiceAsync(Func<HttpContext, int, Task> answer, Action? onToken = null)
    {
        var asked = 0;
        return LoopbackEndpoint.StartAsync((http, _) =>
        {
            if (http.Request.Path != TestGateway.TokenPath)
            {
                return answer(http, asked++);
            }

            onToken?.Invoke();
            return TokenAsync(http, "token");
        });
    }

    private static Task TokenAsync(HttpContext http, string token)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync($$"""{"accessToken":"{{token}}","tokenType":"bearer"}""");
    }

    private static Task Unavailable(HttpContext http, int retryAfter)
    {
        http.Response.StatusCode = (int)HttpStatusCode.ServiceUnavailable;
        http.Response.Headers.RetryAfter = $"{retryAfter}";
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync("""{"detail":"Service unavailable"}""");
    }

    private static OtpClientOptions Options(string address) =>
        new() { BaseAddress = new Uri(address, UriKind.RelativeOrAbsolute), ClientId = "shop", ClientSecret = "secret" };
}
