using System.Net;
using System.Text.RegularExpressions;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.OpenApi;

public sealed partial class DocsPageTests(GatewayFixture fixture)
{
    private const string Page = "/docs/index.html";

    private readonly TestGateway _gateway = fixture.Gateway;

    [Theory]
    [InlineData("/")]
    [InlineData("/docs")]
    [InlineData("/docs/")]
    public async Task Short_address_leads_to_the_page(string path)
    {
        var answer = await _gateway.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.StartsWith("text/html", answer.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains("id=\"swagger-ui\"", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "docs/index.html")]
    [InlineData("/docs", "docs/index.html")]
    [InlineData("/docs/", "index.html")]
    public async Task Way_to_the_page_is_relative_so_that_a_proxy_may_put_a_prefix_before_it(string path, string location)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _gateway.Http.BaseAddress };

        using var response = await http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(location, response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task All_that_the_page_refers_to_is_on_this_gateway()
    {
        var page = await _gateway.GetAsync(Page);
        var references = References().Matches(page.Body).Select(match => match.Groups["url"].Value).ToList();

        Assert.True(references.Count > 6);
        Assert.DoesNotContain(references, url => url.Contains("//", StringComparison.Ordinal));
        foreach (var url in references)
        {
            Assert.Equal(HttpStatusCode.OK, (await _gateway.GetAsync(new Uri(new Uri(_gateway.Http.BaseAddress!, Page), url).AbsolutePath)).Status);
        }
    }

    [Theory]
    [InlineData("/docs/swagger-ui.css")]
    [InlineData("/assets/docs.css")]
    public async Task Styles_bring_in_nothing_from_elsewhere(string file)
    {
        var answer = await _gateway.GetAsync(file);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.DoesNotContain("@import", answer.Body, StringComparison.OrdinalIgnoreCase);
        Assert.All(StyleUrls().Matches(answer.Body), match => Assert.StartsWith("data:", match.Groups["url"].Value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Page)]
    [InlineData("/docs/index.js")]
    [InlineData("/assets/docs.js")]
    [InlineData("/docs/swagger-ui-bundle.js")]
    public async Task Browser_may_load_and_reach_this_gateway_alone(string path)
    {
        var policy = (await _gateway.GetAsync(path)).Header("Content-Security-Policy")!;

        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("eval", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_shows_the_document_and_keeps_no_token()
    {
        var script = (await _gateway.GetAsync("/docs/index.js")).Body;

        Assert.Contains("\"url\":\"../openapi/v1.json\"", script, StringComparison.Ordinal);
        Assert.Contains("\"tryItOutEnabled\":true", script, StringComparison.Ordinal);
        Assert.Contains("\"deepLinking\":true", script, StringComparison.Ordinal);
        Assert.Contains("\"persistAuthorization\":false", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_client_is_filled_in_in_development_alone()
    {
        await using var production = await TestGateway.StartAsync(new() { ["environment"] = "Production" });

        Assert.Contains("demo-secret", (await _gateway.GetAsync(Page)).Body, StringComparison.Ordinal);
        var page = await production.GetAsync(Page);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("demo-", page.Body, StringComparison.Ordinal);
    }

    [GeneratedRegex("""(?:src|href)="(?<url>[^"]+)["]""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex References();

    [GeneratedRegex("""url\(['"]?(?<url>[^'")]{1,20})""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StyleUrls();
}
