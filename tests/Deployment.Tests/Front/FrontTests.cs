using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Otp.Cluster.Processes;

namespace Otp.Deployment.Front;

/// <summary>HAProxy with the shipped configuration, over TLS, in front of two gateways with the example settings.</summary>
public sealed class FrontTests(FrontFixture fixture) : IClassFixture<FrontFixture>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Configuration_is_sound_without_any_variable_but_where_the_certificates_are()
    {
        var cluster = await fixture.StartAsync();
        using var check = Process.Start(new ProcessStartInfo(HaproxyBinary.Require(), ["-c", "-f", Haproxy.Configuration])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["OTP_CERTIFICATES"] = cluster.Front.Certificates },
        })!;
        var output = check.StandardOutput.ReadToEndAsync(Cancellation);
        var error = check.StandardError.ReadToEndAsync(Cancellation);
        await check.WaitForExitAsync(Cancellation).WaitAsync(Limit, Cancellation);

        Assert.True(check.ExitCode == 0, await error);
        Assert.DoesNotContain("WARNING", await output + await error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.11", "X-Forwarded-For", "203.0.113.7")]
    [InlineData("127.0.0.12", "X-Forwarded-For", "127.0.0.1")]
    [InlineData("127.0.0.13", "Forwarded", "for=203.0.113.7")]
    [InlineData("127.0.0.14", "X-Real-IP", "203.0.113.7")]
    public async Task Callers_own_address_arrives_and_what_it_says_of_it_does_not(string from, string header, string value)
    {
        var cluster = await fixture.StartAsync();
        using var http = cluster.Front.Client(from);
        http.DefaultRequestHeaders.Add(header, value);

        await cluster.TokenAsync(http);

        // The audit's writer takes a moment.
        string[] callers = [];
        Assert.True(await Pause.UntilAsync(
            async () =>
            {
                callers = [.. (await cluster.AuditAsync()).Select(static line => line.GetProperty("caller").GetString()!)];
                return callers.Contains(from, StringComparer.Ordinal);
            },
            Limit));
        Assert.DoesNotContain("203.0.113.7", callers);
    }

    [Theory]
    [InlineData("/admin/targets/inspect")]
    [InlineData("/ops")]
    [InlineData("/docs")]
    [InlineData("/docs/index.html")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/dev/inbox")]
    [InlineData("/health/ready")]
    [InlineData("/")]
    [InlineData("//admin/targets/inspect")]
    [InlineData("/v2/../admin/targets/inspect")]
    [InlineData("/v2/%2e%2e/admin/targets/inspect")]
    [InlineData("/V2/.%2E/ops")]
    [InlineData("/v2/..%2fops")]
    public async Task Public_address_has_nothing_for_operators(string path)
    {
        var cluster = await fixture.StartAsync();

        var answer = await GetAsync(cluster.Front, path);

        Assert.StartsWith("HTTP/1.1 404 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("""{"detail":"Not Found"}""", answer.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Providers_reach_the_gateways_with_their_reports()
    {
        var cluster = await fixture.StartAsync();
        using var http = cluster.Front.Client();
        using var report = new HttpRequestMessage(HttpMethod.Post, new Uri(cluster.Front.Public, "/receipts/twilio/sms/token"));

        using var answer = await http.SendAsync(report, Cancellation);

        // No such token, says a gateway, and not HAProxy.
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.True(answer.Headers.Contains("X-Request-Id"));
    }

    [Fact]
    public async Task Operators_address_has_pages_and_administration()
    {
        var cluster = await fixture.StartAsync();
        using var http = cluster.Front.Client();

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, HttpMethod.Get, new Uri(cluster.Front.Operators, "/ops")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, HttpMethod.Get, new Uri(cluster.Front.Operators, "/docs/index.html")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(http, HttpMethod.Post, new Uri(cluster.Front.Operators, "/admin/targets/inspect")));
    }

    [Fact]
    public async Task Clear_text_is_sent_to_TLS_and_answers_say_to_keep_to_it()
    {
        var cluster = await fixture.StartAsync();
        using var http = cluster.Front.Client();

        using var clear = await http.GetAsync(new Uri(cluster.Front.Clear, "/v2/token"), Cancellation);
        using var secure = await http.GetAsync(new Uri(cluster.Front.Public, "/v2/token"), Cancellation);

        Assert.Equal(HttpStatusCode.PermanentRedirect, clear.StatusCode);
        Assert.Equal("https", clear.Headers.Location!.Scheme);
        Assert.Equal(["max-age=31536000"], secure.Headers.GetValues("Strict-Transport-Security"));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, HttpMethod method, Uri url)
    {
        using var request = new HttpRequestMessage(method, url);
        using var answer = await http.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    // By hand, because an HTTP client resolves the dots of a path.
    private static async Task<string> GetAsync(Haproxy front, string path)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, front.Public.Port, Cancellation);
        await using var tls = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, front.Trusts);
        await tls.AuthenticateAsClientAsync("localhost");
        await tls.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), Cancellation);
        using var reader = new StreamReader(tls);
        return await reader.ReadToEndAsync(Cancellation);
    }
}
