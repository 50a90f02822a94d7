using Microsoft.AspNetCore.Http;
using Otp.Client;
using Otp.Delivery;

namespace Otp.Gateway.Tests.Client;

/// <summary>What becomes of a call whose access token cannot be had.</summary>
public sealed class TokenTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(422)]
    [InlineData(429)]
    public async Task A_failed_token_request_is_not_taken_for_the_calls_own_answer(int status)
    {
        await using var service = await LoopbackEndpoint.StartAsync((http, _) =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.RetryAfter = "60";
            http.Response.ContentType = "application/json";
            return http.Response.WriteAsync("""{"detail":"Too many requests"}""");
        });
        using var client = ClientOf(service);

        var sent = await client.SendAsync("a@example.com", cancellationToken: Cancellation);
        var verified = await client.VerifyAsync("a@example.com", "123456", cancellationToken: Cancellation);

        Assert.Equal((SendStatus.Unavailable, TimeSpan.FromMinutes(1), "Too many requests"), (sent.Status, sent.RetryAfter, sent.Error));
        Assert.Equal(VerifyStatus.Unavailable, verified.Status);
    }

    [Fact]
    public async Task The_secret_follows_no_redirect()
    {
        await using var stranger = await LoopbackEndpoint.StartAsync(static (_, _) => Task.CompletedTask);
        await using var service = await LoopbackEndpoint.StartAsync((http, _) =>
        {
            http.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            http.Response.Headers.Location = stranger.Address;
            return Task.CompletedTask;
        });
        using var client = ClientOf(service);

        Assert.Equal(SendStatus.Unavailable, (await client.SendAsync("a@example.com", cancellationToken: Cancellation)).Status);
        Assert.Equal(0, stranger.Count);
    }

    [Fact]
    public async Task A_token_request_that_broke_is_made_again_by_the_next_call()
    {
        await using var service = await LoopbackEndpoint.StartAsync(static (http, _) =>
        {
            http.Response.ContentType = "application/json";
            return http.Response.WriteAsync("""{"success":true,"otpType":"email","accessToken":"token"}""");
        });
        using var handler = new BrokenOnce();
        using var client = ClientOf(service, handler);

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.SendAsync("a@example.com", cancellationToken: Cancellation));

        Assert.True((await client.SendAsync("a@example.com", cancellationToken: Cancellation)).IsSent);
    }

    private static OtpClient ClientOf(LoopbackEndpoint service, HttpMessageHandler? handler = null) =>
        new(new OtpClientOptions { BaseAddress = new Uri(service.Address), ClientId = "shop", ClientSecret = "secret", MaxRetries = 0 }, handler);

    /// <summary>Fails in a way that no network does.</summary>
    private sealed class BrokenOnce() : DelegatingHandler(new SocketsHttpHandler())
    {
        private bool _isBroken;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!_isBroken)
            {
                _isBroken = true;
                throw new InvalidOperationException("The handler is at fault.");
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
