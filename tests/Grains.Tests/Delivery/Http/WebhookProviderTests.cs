using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Otp.Delivery;

public sealed class WebhookProviderTests
{
    private const string OtherSecret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    [Fact]
    public void The_receiver_of_these_tests_accepts_the_published_example()
    {
        Assert.True(StandardWebhook.Verify(
            WebhookDelivery.Secret,
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "1614265330",
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            """{"test": 2432232314}"""u8.ToArray()));
    }

    [Fact]
    public async Task A_message_is_posted_whole_and_signed()
    {
        await using var endpoint = await LoopbackEndpoint.StartAsync();
        await using var delivery = To($"{endpoint.Address}/otp");
        var message = delivery.Mail();

        Assert.Equal("hook", (await delivery.DeliverAsync(message)).Provider);

        var request = await endpoint.ReceiveAsync();
        Assert.Equal(("POST", "/otp", "application/json"), (request.Method, request.Path, request.Headers["Content-Type"]));
        Assert.StartsWith("Orleans.Otp/", request.Headers["User-Agent"], StringComparison.Ordinal);
        Assert.True(StandardWebhook.Verify(WebhookDelivery.Secret, request));
        Assert.Equal(delivery.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), request.Headers["webhook-timestamp"]);
        using var json = JsonDocument.Parse(request.Body);
        Assert.Equal("otp.message", json.RootElement.GetProperty("type").GetString());
        var data = json.RootElement.GetProperty("data");
        Assert.Equal(
            ["19", "email", "jane.doe@example.com", null, "None", null, "271828", message.Subject, message.Text, message.Html],
            new[] { "program", "channel", "to", "from", "purpose", "locale", "code", "subject", "text", "html" }
                .Select(name => data.GetProperty(name).GetString()));
        Assert.Equal(message.ExpiresAt, data.GetProperty("expiresAt").GetDateTimeOffset());
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(202, true)]
    [InlineData(204, false)]
    public async Task An_endpoint_is_told_where_to_report_and_promises_to_by_202(int status, bool isQueued)
    {
        await using var endpoint = await LoopbackEndpoint.AnsweringAsync(status);
        await using var delivery = To(endpoint.Address);

        var result = await delivery.AskAsync("hook", delivery.Sms().Reporting(), TestContext.Current.CancellationToken);

        Assert.Equal(isQueued ? DeliveryResult.Queued : DeliveryResult.Accepted, result);
        using var json = JsonDocument.Parse((await endpoint.ReceiveAsync()).Body);
        Assert.Matches($"^{TestReceipts.Root}/webhook/hook/[A-Za-z0-9_-]+$", json.RootElement.GetProperty("data").GetProperty("receiptUrl").GetString());
    }

    [Fact]
    public async Task An_endpoint_gets_what_is_to_be_said_in_a_call()
    {
        await using var endpoint = await LoopbackEndpoint.StartAsync();
        await using var delivery = To(endpoint.Address);
        await delivery.DeliverAsync(TestMessages.Call(TestProgram.Named("Demo")));

        using var json = JsonDocument.Parse((await endpoint.ReceiveAsync()).Body);
        var data = json.RootElement.GetProperty("data");
        Assert.Equal(
            ("call", "271828", "Your Demo code is: 2, 7, 1, 8, 2, 8.", JsonValueKind.Null),
            (data.GetProperty("channel").GetString(), data.GetProperty("code").GetString(), data.GetProperty("text").GetString(), data.GetProperty("receiptUrl").ValueKind));
    }

    [Fact]
    public async Task A_body_that_is_changed_on_the_way_does_not_verify()
    {
        await using var endpoint = await LoopbackEndpoint.StartAsync();
        await using var delivery = To(endpoint.Address);
        await delivery.DeliverAsync(delivery.Sms());

        var request = await endpoint.ReceiveAsync();

        Assert.False(StandardWebhook.Verify(WebhookDelivery.Secret, request with { Body = Encoding.UTF8.GetBytes(request.Text.Replace("271828", "271829", StringComparison.Ordinal)) }));
    }

    [Fact]
    public async Task Each_of_several_secrets_signs()
    {
        await using var endpoint = await LoopbackEndpoint.StartAsync();
        await using var delivery = To(endpoint.Address, hook => hook.Secrets = [OtherSecret, WebhookDelivery.Secret]);
        await delivery.DeliverAsync(delivery.Sms());

        var request = await endpoint.ReceiveAsync();

        Assert.True(StandardWebhook.Verify(WebhookDelivery.Secret, request));
        Assert.True(StandardWebhook.Verify(OtherSecret, request));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_busy_endpoint_is_tried_again_under_the_same_id(int status)
    {
        await using var endpoint = await LoopbackEndpoint.StartAsync((http, before) =>
        {
            http.Response.StatusCode = before == 0 ? status : 204;
            http.Response.Headers.RetryAfter = "1";
            return Task.CompletedTask;
        });
        await using var delivery = To(endpoint.Address);

        var delivering = delivery.DeliverAsync(delivery.Sms());
        var first = await endpoint.ReceiveAsync();
        await delivery.Time.WaitForTimersAsync(2, TestContext.Current.CancellationToken);
        delivery.Time.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.Equal(1, endpoint.Count);
        delivery.Time.Advance(TimeSpan.FromTicks(1));
        var second = await endpoint.ReceiveAsync();

        Assert.True((await delivering).IsDelivered);
        Assert.Equal(first.Headers["webhook-id"], second.Headers["webhook-id"]);
        Assert.NotEqual(first.Headers["webhook-timestamp"], second.Headers["webhook-timestamp"]);
        Assert.True(StandardWebhook.Verify(WebhookDelivery.Secret, second));
    }

    [Fact]
    public async Task Every_message_has_an_id_of_its_own()
    {
        await using var endpoint = await LoopbackEndpoint.StartAsync();
        await using var delivery = To(endpoint.Address);
        await delivery.DeliverAsync(delivery.Sms());
        await delivery.DeliverAsync(delivery.Sms());

        Assert.NotEqual((await endpoint.ReceiveAsync()).Headers["webhook-id"], (await endpoint.ReceiveAsync()).Headers["webhook-id"]);
    }

    [Fact]
    public async Task An_endpoint_that_asks_for_more_time_than_there_is_is_left_at_once()
    {
        await using var endpoint = await LoopbackEndpoint.StartAsync((http, _) =>
        {
            http.Response.StatusCode = 503;
            http.Response.Headers.RetryAfter = "3";
            return Task.CompletedTask;
        });
        await using var delivery = To(endpoint.Address);

        Assert.Equal(DeliveryResult.Refused(DeliveryFailure.Unavailable), await AskAsync(delivery));
        Assert.Equal(1, endpoint.Count);
    }

    [Theory]
    [InlineData(400, DeliveryFailure.Rejected)]
    [InlineData(401, DeliveryFailure.AuthenticationFailed)]
    [InlineData(403, DeliveryFailure.AuthenticationFailed)]
    [InlineData(410, DeliveryFailure.Rejected)]
    [InlineData(422, DeliveryFailure.RecipientUnreachable)]
    [InlineData(504, DeliveryFailure.Unanswered)]
    internal async Task A_refusal_is_told_by_its_status(int status, DeliveryFailure failure)
    {
        await using var endpoint = await LoopbackEndpoint.AnsweringAsync(status);
        await using var delivery = To(endpoint.Address);

        Assert.Equal(DeliveryResult.Refused(failure), await AskAsync(delivery));
        Assert.Equal(1, endpoint.Count);
    }

    [Fact]
    public async Task An_endpoint_that_answers_late_is_not_hung_up_on_and_the_message_counts_as_sent()
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var endpoint = await LoopbackEndpoint.StartAsync(async (http, _) =>
        {
            await answered.Task;
            ended.SetResult(http.RequestAborted.IsCancellationRequested);
        });
        await using var delivery = To(endpoint.Address);

        var delivering = delivery.DeliverAsync(delivery.Sms());
        await endpoint.ReceiveAsync();
        delivery.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(new DeliveryOutcome(DeliveryVerdict.Unknown, "hook"), await delivering);

        answered.SetResult();
        Assert.False(await ended.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = await LoopbackEndpoint.StartAsync();
        await using var endpoint = await LoopbackEndpoint.StartAsync((http, _) =>
        {
            http.Response.Redirect(elsewhere.Address, permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });
        await using var delivery = To(endpoint.Address);

        Assert.Equal(DeliveryResult.Refused(DeliveryFailure.ProtocolError), await AskAsync(delivery));
        Assert.Equal(0, elsewhere.Count);
    }

    private static Task<DeliveryResult> AskAsync(DeliveryFixture delivery) =>
        delivery.AskAsync("hook", delivery.Sms(), TestContext.Current.CancellationToken);

    private static DeliveryFixture To(string url, Action<WebhookOptions>? configure = null) => new(options =>
    {
        var hook = WebhookDelivery.Add(options, "hook", url);
        configure?.Invoke(hook);
    });
}
