using System.Net;
using System.Text.RegularExpressions;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Operations;

public sealed partial class PageTests(GatewayFixture fixture)
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    [Theory]
    [InlineData(Browser, "text/html; charset=utf-8")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/json", "application/json")]
    public async Task Inbox_is_a_page_for_browsers_and_json_for_others(string accept, string mediaType)
    {
        var answer = await GetAsync("/dev/inbox", ("Accept", accept));

        Assert.Equal((HttpStatusCode.OK, mediaType, "Accept"), (answer.Status, answer.Header("Content-Type"), answer.Header("Vary")));
    }

    [Theory]
    [InlineData("/ops")]
    [InlineData("/dev/inbox")]
    public async Task Page_and_all_it_refers_to_are_of_this_origin_and_there(string path)
    {
        var page = await GetAsync(path, ("Accept", Browser));
        var assets = Assets().Matches(page.Body).Select(match => match.Groups["path"].Value).Distinct().ToList();

        Assert.DoesNotContain("//", page.Body.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("script-src 'self'", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Header("X-Content-Type-Options"));
        Assert.True(assets.Count >= 4);
        foreach (var asset in assets)
        {
            Assert.Equal(HttpStatusCode.OK, (await GetAsync(new Uri(new Uri("http://h" + path), asset).AbsolutePath)).Status);
        }
    }

    [Fact]
    public async Task File_that_the_browser_has_is_not_sent_again()
    {
        var first = await GetAsync("/assets/site.css");

        var again = await GetAsync("/assets/site.css", ("If-None-Match", first.Header("ETag")!));

        Assert.Equal((HttpStatusCode.NotModified, ""), (again.Status, again.Body));
    }

    [Theory]
    [InlineData("/assets/none.js")]
    [InlineData("/assets/..%2fappsettings.json")]
    public async Task Only_the_pages_files_are_served(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(path)).Status);

    [GeneratedRegex("""(?:href|src)="(?<path>[^"#]*assets/[^"]*)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assets();

    private async Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var http = new HttpClient { BaseAddress = fixture.Gateway.Http.BaseAddress };
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }
}
