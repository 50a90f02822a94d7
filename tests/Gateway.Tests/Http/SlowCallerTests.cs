using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Otp.Gateway.Tests.Harness;
using Otp.Hosting;

namespace Otp.Gateway.Tests.Http;

/// <summary>Callers that hold a gateway's connections: by sending slowly, or by opening many. Each row of the page on deployment.</summary>
public sealed class SlowCallerTests(GatewayFixture fixture)
{
    private const string Healthy = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private const int MostConnections = 10;

    private static readonly TimeSpan SafetyTimeout = TimeSpan.FromSeconds(20);

    private readonly TestGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Headers_that_come_byte_by_byte_are_given_up()
    {
        var answer = await RawHttp
            .TrickleAsync(_gateway.Port, "POST /v2/token HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", new string('a', 1_000))
            .WaitAsync(SafetyTimeout, TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_that_comes_byte_by_byte_is_given_up()
    {
        const string Head = "POST /v2/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n";

        var answer = await RawHttp
            .TrickleAsync(_gateway.Port, Head, new string('a', 1_000))
            .WaitAsync(SafetyTimeout, TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("""{"detail":"Request Timeout"}""", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_on_deployment_has_the_servers_own_bounds()
    {
        var limits = _gateway.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.Equal(10_000, limits.MaxConcurrentConnections);
        Assert.Equal((TimeSpan.FromSeconds(10), 32 * 1024), (limits.RequestHeadersTimeout, limits.MaxRequestHeadersTotalSize));
        Assert.Equal((240.0, TimeSpan.FromSeconds(5)), (limits.MinRequestBodyDataRate!.BytesPerSecond, limits.MinRequestBodyDataRate.GracePeriod));
        Assert.Equal(240.0, limits.MinResponseDataRate!.BytesPerSecond);
        Assert.Equal(TimeSpan.FromSeconds(130), limits.KeepAliveTimeout);
    }

    [Fact]
    public async Task Connections_beyond_the_most_are_closed_and_those_below_it_and_operators_are_served()
    {
        var operators = FreePort.Next();
        await using var gateway = await TestGateway.StartAsync(new()
        {
            ["Otp:MaxConnections"] = $"{MostConnections}",
            ["Otp:Management:Urls"] = $"http://127.0.0.1:{operators}",
        });
        var held = new List<Socket>();
        for (var i = 0; i < MostConnections; i++)
        {
            held.Add(await HoldAsync(gateway.Port));
        }

        Assert.Equal("", await AskAsync(gateway.Port));
        Assert.StartsWith("HTTP/1.1 200 ", await AskAsync(operators), StringComparison.Ordinal);

        held.ForEach(socket => socket.Dispose());

        // The server counts them until it has noticed that they are gone.
        string answer;
        do
        {
            answer = await AskAsync(gateway.Port);
        }
        while (answer.Length == 0);

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9")]
    [InlineData("1000001")]
    public async Task A_most_that_is_none_is_a_fault_of_the_settings(string most)
    {
        var fault = await Assert.ThrowsAsync<ConfigurationException>(() => TestGateway.StartAsync(new() { ["Otp:MaxConnections"] = most }));

        Assert.StartsWith("Otp:MaxConnections: ", Assert.Single(fault.Faults), StringComparison.Ordinal);
    }

    /// <summary>A connection that the server has served, and keeps open for more.</summary>
    private static async Task<Socket> HoldAsync(int port)
    {
        var socket = await RawHttp.SendAsync(port, "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var answer = new byte[1024];
        var length = await socket.ReceiveAsync(answer, TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 200 ", Encoding.ASCII.GetString(answer, 0, length), StringComparison.Ordinal);
        return socket;
    }

    /// <summary>What a new connection is answered; nothing if it is closed at once.</summary>
    private static async Task<string> AskAsync(int port)
    {
        try
        {
            return await RawHttp.ExchangeAsync(port, Healthy);
        }
        catch (SocketException)
        {
            return "";
        }
    }
}
