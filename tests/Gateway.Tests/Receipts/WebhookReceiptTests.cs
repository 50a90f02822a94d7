using System.Net;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Receipts;

/// <summary>The reports of webhooks that have promised to report, signed as our own requests to them are.</summary>
public sealed class WebhookReceiptTests : IAsyncLifetime
{
    private ReceiptGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await ReceiptGateway.StartAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Message_is_queued_until_its_reports_tell_more()
    {
        var target = TestGateway.NewTarget();
        var url = await _gateway.SendByMailAsync(target);
        Assert.StartsWith($"{ReceiptGateway.Public}/receipts/webhook/hook/", url, StringComparison.Ordinal);
        Assert.Equal(("queued", null, "hook"), await _gateway.SeenAsync(target));

        foreach (var (status, state) in new[] { ("sent", "sent"), ("queued", "sent"), ("delivered", "delivered"), ("undelivered", "delivered") })
        {
            var answer = await _gateway.ReportAsync(url, $$"""{"status":"{{status}}"}""");

            Assert.Equal((HttpStatusCode.NoContent, ""), (answer.Status, answer.Body));
            Assert.Equal((state, null, "hook"), await _gateway.SeenAsync(target));
        }
    }

    [Theory]
    [InlineData("\"unreachable\"", "unreachable")]
    [InlineData("\"blocked\"", "blocked")]
    [InlineData("\"carrier\"", "carrier")]
    [InlineData("\"expired\"", "expired")]
    [InlineData("\"unknown\"", "unknown")]
    [InlineData("\"the dog ate it\"", "unknown")]
    [InlineData("null", "unknown")]
    [InlineData("7", "unknown")]
    public async Task Reason_is_one_of_the_categories(string written, string reason)
    {
        var target = TestGateway.NewTarget();
        var url = await _gateway.SendByMailAsync(target);

        await _gateway.ReportAsync(url, $$"""{"status":"undelivered","reason":{{written}},"more":[1]}""");

        Assert.Equal(("undelivered", reason, "hook"), await _gateway.SeenAsync(target));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"status":"bounced"}""")]
    [InlineData("""{"status":null}""")]
    [InlineData("""{"status":"\ud800"}""")]
    [InlineData("""{"status":"delivered" """)]
    public async Task Signed_text_that_is_no_report_is_refused_and_changes_nothing(string json)
    {
        var target = TestGateway.NewTarget();
        var url = await _gateway.SendByMailAsync(target);

        Assert.Equal(HttpStatusCode.BadRequest, (await _gateway.ReportAsync(url, json)).Status);
        Assert.Equal(("queued", null, "hook"), await _gateway.SeenAsync(target));
    }

    [Theory]
    [InlineData(-300, HttpStatusCode.NoContent)]
    [InlineData(300, HttpStatusCode.NoContent)]
    [InlineData(-301, HttpStatusCode.Forbidden)]
    [InlineData(301, HttpStatusCode.Forbidden)]
    public async Task Signature_is_of_now(int age, HttpStatusCode status)
    {
        var url = await _gateway.SendByMailAsync(TestGateway.NewTarget());

        Assert.Equal(status, (await _gateway.ReportAsync(url, """{"status":"delivered"}""", age: TimeSpan.FromSeconds(age))).Status);
    }

    [Fact]
    public async Task Report_of_another_secret_or_that_was_changed_is_forged()
    {
        var target = TestGateway.NewTarget();
        var url = await _gateway.SendByMailAsync(target);

        var other = await _gateway.ReportAsync(url, """{"status":"delivered"}""", "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        var changed = await _gateway.ReportAsync(url, """{"status":"undelivered"}""", sent: """{"status":"delivered"}""");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (other.Status, changed.Status));
        Assert.Equal(("queued", null, "hook"), await _gateway.SeenAsync(target));
    }

    [Fact]
    public async Task Report_on_a_send_that_is_over_is_taken_and_changes_nothing()
    {
        var target = TestGateway.NewTarget();
        var url = await _gateway.SendByMailAsync(target);
        _gateway.Gateway.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(HttpStatusCode.NoContent, (await _gateway.ReportAsync(url, """{"status":"undelivered"}""")).Status);
        Assert.Equal(0, (await _gateway.InspectAsync(target)).GetProperty("sends").GetArrayLength());
    }
}
