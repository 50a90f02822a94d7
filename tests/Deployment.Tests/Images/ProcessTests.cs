using System.Diagnostics;
using System.Net;
using Otp.Architecture;
using Otp.Deployment.Harness;

namespace Otp.Deployment.Images;

/// <summary>The images' processes with the example settings of docker-compose.yml.</summary>
public sealed class ProcessTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private DeployedCluster _cluster = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cluster = await DeployedCluster.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task They_start_with_the_client_that_has_a_hyphen_and_write_no_file()
    {
        var gateway = _cluster.Gateways[0];

        Assert.Equal(HttpStatusCode.OK, await TokenAsync(gateway.Url!));
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(gateway.Url!, "/ops"));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(new Uri($"http://{gateway.Url!.Host}:{_cluster.ManagementPort}"), "/ops"));
        Assert.Equal((0, 0, 1), (await CheckAsync("live", _cluster.HttpPort), await CheckAsync("ready", _cluster.HttpPort), await CheckAsync("none", _cluster.HttpPort)));
        Assert.NotEqual(0, await CheckAsync("live", port: 1));
        Assert.Empty(Directory.EnumerateDirectories(_cluster.Logs, "home-*").SelectMany(home => Directory.EnumerateFileSystemEntries(home)));
    }

    private async Task<HttpStatusCode> TokenAsync(Uri gateway)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["username"] = Blanks.Client, ["password"] = Blanks.ClientSecret });
        using var answer = await _http.PostAsync(new Uri(gateway, "/v2/token"), form, Cancellation);
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode> GetAsync(Uri gateway, string path)
    {
        using var answer = await _http.GetAsync(new Uri(gateway, path), Cancellation);
        return answer.StatusCode;
    }

    // The script asks 127.0.0.1, as in a container; here the gateways have other addresses of loopback.
    private static async Task<int> CheckAsync(string what, int port)
    {
        var script = (await File.ReadAllTextAsync(Path.Combine(Repository.Root.FullName, "deploy", "health-check"), Cancellation))
            .Replace("/dev/tcp/127.0.0.1/", $"/dev/tcp/{DeployedCluster.GatewayAddresses[0]}/", StringComparison.Ordinal);
        using var check = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", script, "health-check", what, $"{port}"]) { RedirectStandardError = true, UseShellExecute = false })!;
        await check.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        return check.ExitCode;
    }
}
