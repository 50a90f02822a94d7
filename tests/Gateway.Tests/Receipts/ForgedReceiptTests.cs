using System.Net;
using System.Text;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Receipts;

/// <summary>What anybody can post to the public addresses, and what comes of it: nothing.</summary>
public sealed class ForgedReceiptTests : IAsyncLifetime
{
    private ReceiptGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await ReceiptGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Token_that_is_cut_changed_or_of_another_provider_is_not_found()
    {
        var phone = ReceiptGateway.NewPhone();
        var url = await _gateway.SendBySmsAsync(phone);
        var token = url.Split('/')[^1];
        string[] urls =
        [
            url[..^1],
            url[..^10],
            $"{url}A",
            url.Replace(token[20], token[20] == 'A' ? 'B' : 'A'),
            url.Replace("/sms/", "/next/", StringComparison.Ordinal),
            url.Replace("/sms/", "/SMS/", StringComparison.Ordinal),
            url.Replace("/twilio/", "/webhook/", StringComparison.Ordinal),
            $"{ReceiptGateway.Public}/receipts/twilio/sms/x",
            $"{ReceiptGateway.Public}/receipts/twilio/sms/{new string('A', 4_000)}",
            $"{ReceiptGateway.Public}/receipts/twilio/sms",
            $"{ReceiptGateway.Public}/receipts",
        ];

        foreach (var forged in urls)
        {
            var answer = await _gateway.CallBackAsync(forged, "delivered");
            Assert.Equal((HttpStatusCode.NotFound, """{"detail":"Not Found"}"""), (answer.Status, answer.Body));
        }

        Assert.Equal(("queued", null, "sms"), await _gateway.SeenAsync(phone));
    }

    [Fact]
    public async Task Signature_that_is_absent_or_of_another_token_address_or_field_is_forbidden()
    {
        var phone = ReceiptGateway.NewPhone();
        var url = await _gateway.SendBySmsAsync(phone);
        var fields = ReceiptGateway.Fields("delivered");
        string[] signatures =
        [
            "",
            "forged",
            ReceiptGateway.Sign(url, fields, "another token"),
            ReceiptGateway.Sign($"{url}A", fields),
            ReceiptGateway.Sign(url, ReceiptGateway.Fields("undelivered")),
        ];

        foreach (var signature in signatures)
        {
            var answer = await _gateway.CallBackAsync(url, fields, signature);
            Assert.Equal((HttpStatusCode.Forbidden, """{"detail":"Forbidden"}"""), (answer.Status, answer.Body));
        }

        using var content = new FormUrlEncodedContent(fields);
        using var unsigned = await _gateway.Gateway.Http.PostAsync(new Uri(url).PathAndQuery, content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, unsigned.StatusCode);
        Assert.Equal(("queued", null, "sms"), await _gateway.SeenAsync(phone));
    }

    [Fact]
    public async Task Callback_of_one_message_says_nothing_of_another()
    {
        var (phone, other) = (ReceiptGateway.NewPhone(), ReceiptGateway.NewPhone());
        var url = await _gateway.SendBySmsAsync(phone);
        var otherUrl = await _gateway.SendBySmsAsync(other);
        var fields = ReceiptGateway.Fields("delivered");

        Assert.Equal(HttpStatusCode.Forbidden, (await _gateway.CallBackAsync(otherUrl, fields, ReceiptGateway.Sign(url, fields))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await _gateway.CallBackAsync(url, fields)).Status);

        Assert.Equal(("delivered", "queued"), ((await _gateway.SeenAsync(phone)).State, (await _gateway.SeenAsync(other)).State));
    }

    [Fact]
    public async Task Token_expires_two_days_after_the_send()
    {
        var url = await _gateway.SendBySmsAsync(ReceiptGateway.NewPhone());
        _gateway.Gateway.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(HttpStatusCode.NoContent, (await _gateway.CallBackAsync(url, "delivered")).Status);

        _gateway.Gateway.Time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(HttpStatusCode.NotFound, (await _gateway.CallBackAsync(url, "delivered")).Status);
    }

    [Fact]
    public async Task Callback_after_an_erase_leaves_nothing_behind()
    {
        var phone = ReceiptGateway.NewPhone();
        var url = await _gateway.SendBySmsAsync(phone);
        using var content = new StringContent($$"""{"target":"{{phone}}"}""", Encoding.UTF8, "application/json");
        await _gateway.Gateway.PostAsync("/admin/targets/erase", content, await _gateway.Gateway.TokenAsync(TestGateway.AcmeAdmin));

        Assert.Equal(HttpStatusCode.NoContent, (await _gateway.CallBackAsync(url, "delivered")).Status);

        var report = await _gateway.InspectAsync(phone);
        Assert.Equal((0, 0), (report.GetProperty("sends").GetArrayLength(), report.GetProperty("codes").GetArrayLength()));
    }

    [Fact]
    public async Task Body_is_bounded_as_every_body_is()
    {
        var url = await _gateway.SendBySmsAsync(ReceiptGateway.NewPhone());
        var fields = ReceiptGateway.Fields(new string('x', 17_000));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await _gateway.CallBackAsync(url, fields)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("&&&=&=x&%")]
    [InlineData("MessageStatus")]
    public async Task Signed_text_that_is_no_callback_is_refused(string body)
    {
        var phone = ReceiptGateway.NewPhone();
        var url = await _gateway.SendBySmsAsync(phone);
        using var content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url).PathAndQuery) { Content = content };
        request.Headers.Add("X-Twilio-Signature", ReceiptGateway.Sign(url, new Dictionary<string, string>(StringComparer.Ordinal)));

        using var answer = await _gateway.Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden, $"{answer.StatusCode}");
        Assert.Equal(("queued", null, "sms"), await _gateway.SeenAsync(phone));
    }

    [Fact]
    public async Task Status_that_nobody_knows_is_taken_and_changes_nothing()
    {
        var phone = ReceiptGateway.NewPhone();
        var url = await _gateway.SendBySmsAsync(phone);

        Assert.Equal(HttpStatusCode.NoContent, (await _gateway.CallBackAsync(url, "teleported")).Status);
        Assert.Equal(("queued", null, "sms"), await _gateway.SeenAsync(phone));
    }

    [Fact]
    public async Task Only_post_is_there()
    {
        var url = await _gateway.SendBySmsAsync(ReceiptGateway.NewPhone());

        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _gateway.Gateway.GetAsync(new Uri(url).PathAndQuery)).Status);
    }
}
