using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Otp.Gateway.Tests.Harness;
using Otp.Hosting;

namespace Otp.Gateway.Tests.Hosting;

/// <summary>With <c>Otp:Management:Urls</c> the public addresses have the APIs and health, and the management addresses have everything.</summary>
public sealed class ManagementListenerTests
{
    private readonly int _port = FreePort.Next();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/docs")]
    [InlineData("GET", "/docs/index.html")]
    [InlineData("GET", "/openapi/v1.json")]
    [InlineData("GET", "/ops")]
    [InlineData("GET", "/ops/stream")]
    [InlineData("DELETE", "/ops")]
    [InlineData("GET", "/OPS")]
    [InlineData("GET", "/assets/site.css")]
    [InlineData("GET", "/dev/inbox")]
    [InlineData("GET", "/admin/members/CID-1")]
    [InlineData("POST", "/admin/targets/inspect")]
    public async Task Public_address_does_not_have_what_is_for_operators(string method, string path)
    {
        await using var gateway = await StartAsync();

        Assert.Equal("404 {\"detail\":\"Not Found\"}", await CallAsync(gateway.Port, method, path));
        Assert.NotEqual("404", (await CallAsync(_port, method, path))[..3]);
    }

    [Fact]
    public async Task No_route_but_those_of_the_APIs_and_health_is_public()
    {
        await using var gateway = await StartAsync();
        var paths = gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}").Distinct(StringComparer.Ordinal).ToList();

        var isPublic = new List<string>();
        foreach (var path in paths)
        {
            if (!(await CallAsync(gateway.Port, "GET", path.Replace("{**path}", "", StringComparison.Ordinal))).StartsWith("404", StringComparison.Ordinal))
            {
                isPublic.Add(path);
            }
        }

        Assert.Equal(
            paths.Where(path => path.StartsWith("/v2/", StringComparison.Ordinal) || path.StartsWith("/lbms-ingress/", StringComparison.Ordinal) || path.StartsWith("/receipts/", StringComparison.Ordinal) || path.StartsWith("/health/", StringComparison.Ordinal)),
            isPublic);
        Assert.True(isPublic.Count > 10);
    }

    [Fact]
    public async Task Dots_in_a_path_lead_nowhere_else()
    {
        await using var gateway = await StartAsync();

        Assert.StartsWith("HTTP/1.1 404", await RawHttp.ExchangeAsync(gateway.Port, Request("/v2/../ops", "localhost")), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 404", await RawHttp.ExchangeAsync(gateway.Port, Request("/v2/%2e%2e/ops", "localhost")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_caller_says_of_the_host_does_not_count()
    {
        await using var gateway = await StartAsync();

        Assert.StartsWith("HTTP/1.1 404", await RawHttp.ExchangeAsync(gateway.Port, Request("/ops", $"127.0.0.1:{_port}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Management_address_has_the_APIs_too_because_its_pages_log_in_and_try_calls()
    {
        await using var gateway = await StartAsync();

        Assert.StartsWith("405", await CallAsync(_port, "GET", "/v2/token"), StringComparison.Ordinal);
        Assert.StartsWith("200", await CallAsync(_port, "GET", "/health/ready"), StringComparison.Ordinal);
        Assert.StartsWith("200", await CallAsync(gateway.Port, "GET", "/health/ready"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoints_that_the_framework_is_told_are_the_public_ones()
    {
        var port = FreePort.Next();
        await using var gateway = await StartAsync(("Kestrel:Endpoints:Api:Url", $"http://127.0.0.1:{port}"));

        Assert.StartsWith("404", await CallAsync(port, "GET", "/ops"), StringComparison.Ordinal);
        Assert.StartsWith("405", await CallAsync(port, "GET", "/v2/token"), StringComparison.Ordinal);
        Assert.StartsWith("200", await CallAsync(_port, "GET", "/ops"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("management")]
    [InlineData("http://unix:/tmp/otp.sock")]
    [InlineData("http://localhost:5999/ops")]
    public async Task Address_without_a_port_of_its_own_is_a_fault(string urls)
    {
        var fault = await Assert.ThrowsAsync<ConfigurationException>(() => TestGateway.StartAsync(new() { ["Otp:Management:Urls"] = urls }));

        Assert.StartsWith("Otp:Management:Urls: an address is", Assert.Single(fault.Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("urls", "http://127.0.0.1:5999;http://127.0.0.1:5998")]
    [InlineData("Kestrel:Endpoints:Api:Url", "http://127.0.0.1:5998")]
    public async Task Port_of_a_public_address_is_a_fault(string setting, string value)
    {
        var fault = await Assert.ThrowsAsync<ConfigurationException>(
            () => TestGateway.StartAsync(new() { ["Otp:Management:Urls"] = "http://localhost:5998", [setting] = value }));

        Assert.StartsWith("Otp:Management:Urls: its ports must be others", Assert.Single(fault.Faults), StringComparison.Ordinal);
    }

    private Task<TestGateway> StartAsync(params (string Key, string Value)[] settings) => TestGateway.StartAsync(
        settings.Append(("Otp:Management:Urls", $"http://127.0.0.1:{_port}")).ToDictionary(s => s.Item1, s => s.Item2, StringComparer.Ordinal));

    private static string Request(string path, string host) => $"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n";

    private static async Task<string> CallAsync(int port, string method, string path)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(new HttpMethod(method), $"http://127.0.0.1:{port}{path}");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.True(response.Headers.Contains("X-Request-Id"));
        var isStream = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
        return $"{(int)response.StatusCode} {(isStream ? "" : await response.Content.ReadAsStringAsync(Cancellation))}";
    }
}
