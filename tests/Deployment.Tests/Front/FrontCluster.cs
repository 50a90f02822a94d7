using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Otp.Deployment.Harness;

namespace Otp.Deployment.Front;

/// <summary>The shipped front before a deployed cluster whose gateways write audits. Gone with this object.</summary>
internal sealed class FrontCluster : IAsyncDisposable
{
    private FrontCluster(DeployedCluster cluster, Haproxy front) => (Cluster, Front) = (cluster, front);

    public DeployedCluster Cluster { get; }

    public Haproxy Front { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<FrontCluster> StartAsync()
    {
        HaproxyBinary.Require();

        // Here the front calls the gateways from this machine's address; in a container from its own.
        var cluster = await DeployedCluster.StartAsync(
            KeyValuePair.Create("Otp__Proxies__0", "127.0.0.1"), KeyValuePair.Create("Otp__Audit__Path", "{logs}/audit-{address}.jsonl"));
        try
        {
            return new FrontCluster(cluster, await Haproxy.StartAsync(cluster));
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks the public address for a token; throws if it gets none.</summary>
    public async Task<string> TokenAsync(HttpClient http)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["username"] = Blanks.Client, ["password"] = Blanks.ClientSecret });
        using var answer = await http.PostAsync(new Uri(Front.Public, "/v2/token"), form, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(Cancellation));
        return body.RootElement.GetProperty("accessToken").GetString()!;
    }

    /// <summary>What the gateways' audits hold so far. They lock their files against each other; cat, like a log shipper, does not ask.</summary>
    public async Task<IReadOnlyList<JsonElement>> AuditAsync()
    {
        var files = DeployedCluster.GatewayAddresses.Select(address => Path.Combine(Cluster.Logs, $"audit-{address}.jsonl"));
        using var cat = Process.Start(new ProcessStartInfo("cat", files) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var text = await cat.StandardOutput.ReadToEndAsync(Cancellation);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonElement.Parse(line))];
    }

    public async ValueTask DisposeAsync()
    {
        await Front.DisposeAsync();
        await Cluster.DisposeAsync();
    }
}

/// <summary>One such cluster for the tests that leave it as it is; it starts with the first of them.</summary>
public sealed class FrontFixture : IAsyncDisposable
{
    private readonly Lazy<Task<FrontCluster>> _cluster = new(FrontCluster.StartAsync);

    public async ValueTask DisposeAsync()
    {
        if (_cluster is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _cluster.Value).DisposeAsync();
        }
    }

    internal Task<FrontCluster> StartAsync() => _cluster.Value;
}
