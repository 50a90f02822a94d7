using System.Net;
using System.Text.Json.Nodes;
using Orleans.Otp.Cluster.Faults;
using Orleans.Otp.Cluster.Load;
using Orleans.Otp.Cluster.Processes;

namespace Orleans.Otp.Cluster.SiloPort;

/// <summary>A cluster of one silo and one gateway, for tests that knock at the silo's ports.</summary>
public sealed class OneSilo : IAsyncLifetime
{
    private readonly RunClock _clock = new();
    private OtpClient _client = null!;

    internal OtpCluster Cluster { get; private set; } = null!;

    internal SiloNode Silo => Cluster.Silos[0];

    public async ValueTask InitializeAsync()
    {
        Cluster = await OtpCluster.StartAsync(new ClusterShape(1, 1));
        var faults = new FaultLog(_clock);
        _client = new OtpClient([Cluster.Gateways[0].Url!], _clock, faults);
        await _client.SignInAsync(Rules.Standard.Client, CancellationToken.None);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return Cluster.DisposeAsync();
    }

    /// <summary>Sends a code to a new target and verifies it.</summary>
    internal async Task ServeAsync(string name)
    {
        var target = $"{name}@port.example.com";
        var sent = await _client.PostAsync(Rules.Standard.Client, OtpClient.SendPath, new JsonObject { ["target"] = target }.ToJsonString(), $"{name}/send");
        Assert.Equal((HttpStatusCode.OK, null, 1), (sent.Status, sent.Failure, sent.Attempts));
        var guess = new JsonObject { ["target"] = target, ["code"] = sent.Code };
        var verified = await _client.PostAsync(Rules.Standard.Client, OtpClient.VerifyPath, guess.ToJsonString(), $"{name}/verify");
        Assert.Equal((HttpStatusCode.OK, null, 1), (verified.Status, verified.Failure, verified.Attempts));
    }

    /// <summary>How often a text stands in the silo's log.</summary>
    internal int LogLines(string text) => Silo.Process.Output().Split('\n').Count(line => line.Contains(text, StringComparison.Ordinal));
}
