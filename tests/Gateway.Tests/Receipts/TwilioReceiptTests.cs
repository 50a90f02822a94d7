using System.Net;

namespace Otp.Gateway.Tests.Receipts;

/// <summary>Twilio's status callbacks over HTTP, signed as its own SDK checks them.</summary>
public sealed class TwilioReceiptTests : IAsyncLifetime
{
    private ReceiptGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await ReceiptGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Message_is_queued_until_its_callbacks_tell_more()
    {
        var phone = ReceiptGateway.NewPhone();
        var url = await _gateway.SendBySmsAsync(phone);
        Assert.StartsWith($"{ReceiptGateway.Public}/receipts/twilio/sms/", url, StringComparison.Ordinal);
        Assert.Equal(("queued", null, "sms"), await _gateway.SeenAsync(phone));

        foreach (var (status, state) in new[] { ("sending", "queued"), ("sent", "sent"), ("delivered", "delivered"), ("sent", "delivered"), ("undelivered", "delivered") })
        {
            var answer = await _gateway.CallBackAsync(url, status);

            Assert.Equal((HttpStatusCode.NoContent, ""), (answer.Status, answer.Body));
            Assert.Equal((state, null, "sms"), await _gateway.SeenAsync(phone));
        }
    }

    [Theory]
    [InlineData("undelivered", "30003", "unreachable")]
    [InlineData("undelivered", "30006", "unreachable")]
    [InlineData("failed", "30004", "blocked")]
    [InlineData("undelivered", "30007", "blocked")]
    [InlineData("undelivered", "30034", "carrier")]
    [InlineData("failed", "30036", "expired")]
    [InlineData("undelivered", "30008", "unknown")]
    [InlineData("undelivered", "nonsense", "unknown")]
    [InlineData("failed", null, "unknown")]
    [InlineData("canceled", null, "expired")]
    public async Task Why_a_message_did_not_arrive_is_told_as_a_category(string status, string? error, string reason)
    {
        var phone = ReceiptGateway.NewPhone();
        var url = await _gateway.SendBySmsAsync(phone);

        await _gateway.CallBackAsync(url, status, error);

        Assert.Equal(("undelivered", reason, "sms"), await _gateway.SeenAsync(phone));
    }

    [Theory]
    [InlineData("ringing", "queued", null)]
    [InlineData("completed", "delivered", null)]
    [InlineData("busy", "undelivered", "unreachable")]
    [InlineData("no-answer", "undelivered", "unreachable")]
    [InlineData("failed", "undelivered", "unknown")]
    public async Task Call_tells_what_became_of_it(string status, string state, string? reason)
    {
        await using var gateway = await ReceiptGateway.StartAsync(new() { ["Otp:Programs:acme:Policy:Fallback:0"] = "Call" });
        var phone = ReceiptGateway.NewPhone();
        var url = await gateway.SendBySmsAsync(phone);

        await gateway.CallBackAsync(url, new Dictionary<string, string> { ["CallStatus"] = status, ["CallSid"] = "CA0123456789abcdef0123456789abcdef" });

        Assert.Equal((state, reason, "sms"), await gateway.SeenAsync(phone));
    }

    [Theory]
    [InlineData("https://otp.example.com:8443/otp/", "https://otp.example.com:8443/otp", "https://otp.example.com/otp")]
    [InlineData("https://otp.example.com", "https://otp.example.com", "https://otp.example.com:443")]
    public async Task Signature_may_be_of_the_address_with_or_without_its_port(string publicAddress, string given, string other)
    {
        await using var gateway = await ReceiptGateway.StartAsync(new() { ["Otp:Receipts:BaseUrl"] = publicAddress });
        foreach (var signed in new[] { given, other })
        {
            var phone = ReceiptGateway.NewPhone();
            var url = await gateway.SendBySmsAsync(phone);
            Assert.StartsWith($"{given}/receipts/", url, StringComparison.Ordinal);
            var fields = ReceiptGateway.Fields("delivered");
            var path = url[given.Length..];

            var answer = await gateway.CallBackAsync($"http://proxy{path}", fields, ReceiptGateway.Sign($"{signed}{path}", fields));

            Assert.Equal(HttpStatusCode.NoContent, answer.Status);
            Assert.Equal(("delivered", null, "sms"), await gateway.SeenAsync(phone));
        }
    }

    [Fact]
    public async Task Undelivered_message_goes_to_the_next_provider_once_and_counts_once()
    {
        await using var gateway = await ReceiptGateway.StartAsync(new() { ["Otp:Programs:acme:Delivery:HandOverUndelivered"] = "true" });
        var phone = ReceiptGateway.NewPhone();
        var url = await gateway.SendBySmsAsync(phone);

        await gateway.CallBackAsync(url, "undelivered", "30003");
        await gateway.CallBackAsync(url, "undelivered", "30003");

        var handedOver = ReceiptGateway.DataOf(await gateway.Next.ReceiveAsync());
        Assert.Equal((1, 1), (gateway.Twilio.Count, gateway.Next.Count));
        Assert.Equal(("queued", null, "next"), await gateway.SeenAsync(phone));
        await gateway.ReportAsync(handedOver.GetProperty("receiptUrl").GetString()!, """{"status":"delivered"}""");
        Assert.Equal(("delivered", null, "next"), await gateway.SeenAsync(phone));
        Assert.All((await gateway.InspectAsync(phone)).GetProperty("windows").EnumerateArray(), window => Assert.Equal(1, window.GetProperty("sent").GetInt32()));
        Assert.Equal(HttpStatusCode.OK, (await gateway.Gateway.VerifyAsync(phone, handedOver.GetProperty("code").GetString()!)).Status);
    }

    [Fact]
    public async Task Message_without_a_public_address_asks_for_no_callback()
    {
        await using var gateway = await ReceiptGateway.StartAsync(new() { ["Otp:Receipts:BaseUrl"] = "" });
        var phone = ReceiptGateway.NewPhone();

        await gateway.Gateway.SendAsync(phone);

        Assert.False((await gateway.Twilio.ReceiveAsync()).Form.ContainsKey("StatusCallback"));
        Assert.Equal(("sent", null, null), await gateway.SeenAsync(phone));
    }

    [Fact]
    public async Task No_log_line_holds_the_number_or_the_auth_token()
    {
        var phone = ReceiptGateway.NewPhone();
        var url = await _gateway.SendBySmsAsync(phone);
        await _gateway.CallBackAsync(url, "undelivered", "30003");
        await _gateway.CallBackAsync(url, ReceiptGateway.Fields("delivered"), "forged");

        Assert.Contains(_gateway.Gateway.Logs.Lines, static line => line.Contains("A report on a message is not signed by sms", StringComparison.Ordinal));
        Assert.All(_gateway.Gateway.Logs.Lines, line => Assert.DoesNotMatch($"{phone[1..]}|canary", line));
    }
}
