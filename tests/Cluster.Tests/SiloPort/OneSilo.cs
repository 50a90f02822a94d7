using System.Net;
using Otp.Cluster.Faults;
using Otp.Cluster.Load;
using Otp.Cluster.Processes;

namespace Otp.Cluster.SiloPort;

/// <summary>A cluster of one silo and one gateway, for tests that knock at the silo's ports.</summary>
public class OneSilo : IAsyncLifetime
{
    // The event's id.
    private const int Refused = 2030;

    private readonly RunClock _clock = new();
    private LoadClient _client = null!;

    internal OtpCluster Cluster { get; private set; } = null!;

    /// <summary>The process at whose ports tests knock.</summary>
    internal virtual ServiceProcess Process => Cluster.Silos[0].Process;

    /// <summary>Its ports for processes of the cluster.</summary>
    internal virtual IReadOnlyList<int> Ports => [Cluster.Silos[0].SiloPort, Cluster.Silos[0].GatewayPort];

    private protected virtual ClusterShape Shape => new(1, 1);

    public virtual async ValueTask InitializeAsync()
    {
        Cluster = await OtpCluster.StartAsync(Shape);
        var faults = new FaultLog(_clock);
        _client = new LoadClient(Cluster.Balancer, _clock, faults);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _client.Dispose();
        await Cluster.DisposeAsync();
    }

    /// <summary>Sends a code to a new target and verifies it.</summary>
    internal async Task ServeAsync(string name)
    {
        var target = $"{name}@port.example.com";
        var sent = await _client.CallAsync(Rules.Standard.Client, OtpCall.Send(target), $"{name}/send");
        Assert.Equal((HttpStatusCode.OK, null, 1), (sent.Status, sent.Failure, sent.Attempts));
        var verified = await _client.CallAsync(Rules.Standard.Client, OtpCall.Verify(target, sent.Code!), $"{name}/verify");
        Assert.Equal((HttpStatusCode.OK, null, 1), (verified.Status, verified.Failure, verified.Attempts));
    }

    /// <summary>The process' log.</summary>
    internal string Log => Process.Output();

    /// <summary>The lines of the log that hold a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where in the log they begin.</param>
    internal List<string> Lines(string text, int start = 0) => [.. Log[start..].Split('\n').Where(line => line.Contains(text, StringComparison.Ordinal))];

    /// <summary>The lines that say that a stranger was refused.</summary>
    /// <param name="stranger">The stranger.</param>
    /// <param name="start">Where the log ended when it came: before that, another one may have had its port.</param>
    internal List<string> Refusals(Stranger stranger, int start) => Lines($"[{Refused}] A connection from {stranger.Address} is refused", start);

    /// <summary>The lines that say that anybody was refused.</summary>
    internal List<string> Refusals(int start) => Lines($"[{Refused}]", start);
}
