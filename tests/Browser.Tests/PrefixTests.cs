using Microsoft.Playwright;
using Otp.Browser.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace Otp.Browser.Tests;

/// <summary>The pages behind a proxy that has the service under <c>/otp</c>.</summary>
public sealed class PrefixTests(Chromium chromium)
{
    private const string Prefix = "/otp";
    private const float LoadMilliseconds = 15_000;

    [Theory]
    [InlineData("/otp/")]
    [InlineData("/otp/docs")]
    public async Task Api_page_loads_its_document_logs_in_and_sends(string path)
    {
        await using var gateway = await LiveGateway.StartAsync();
        await using var proxy = await PrefixProxy.StartAsync(gateway, Prefix);
        await using var docs = await chromium.OpenAsync(proxy.Address(path));

        await docs.Page.Locator("#otp-login-client").FillAsync("demo");
        await docs.Page.Locator("#otp-login-secret").FillAsync("demo-secret");
        await docs.Page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await Expect(docs.Page.Locator("#otp-login-status")).ToContainTextAsync("Logged in as demo");
        var send = docs.Page.Locator(".opblock", new() { Has = docs.Page.Locator("[data-path='/v2/giftcards/customers/otp/send']") });
        await send.Locator(".opblock-summary-control").ClickAsync(new() { Timeout = LoadMilliseconds });
        await send.Locator("textarea").First.FillAsync("""{"target":"prefix@example.com"}""");
        await send.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();

        await Expect(send.Locator(".live-responses-table tbody .response-col_status").First).ToContainTextAsync("200");
        await Expect(send.Locator(".request-url")).ToContainTextAsync("/otp/v2/giftcards/customers/otp/send");
        Assert.Empty(docs.Foreign);
        Assert.Empty(docs.Complaints);
    }

    [Theory]
    [InlineData("/otp/ops")]
    [InlineData("/otp/dev/inbox")]
    public async Task Page_loads_its_parts_and_its_stream(string path)
    {
        await using var gateway = await LiveGateway.StartAsync();
        await using var proxy = await PrefixProxy.StartAsync(gateway, Prefix);
        await using var page = await chromium.OpenAsync(proxy.Address(path));

        await Expect(page.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Live");
        Assert.Empty(page.Foreign);
        Assert.Empty(page.Complaints);
    }
}
