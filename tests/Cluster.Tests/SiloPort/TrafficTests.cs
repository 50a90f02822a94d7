using System.Globalization;
using System.Net;
using System.Text;
using Otp.Cluster.Faults;
using Otp.Cluster.Load;
using Otp.Cluster.Processes;

namespace Otp.Cluster.SiloPort;

/// <summary>Who listens between the processes learns nothing.</summary>
public sealed class TrafficTests
{
    private const int Targets = 50;

    // Part of every target and every name.
    private const string Mark = "overheard";

    // How the names begin that Orleans' messages are addressed to.
    private const string SystemTarget = "sys.svc";

    // A TLS record of the kind "handshake", and the first byte of its version.
    private static readonly byte[] TlsHandshake = [0x16, 0x03];

    [Fact]
    public async Task No_address_and_no_code_crosses_between_processes_in_clear()
    {
        await using var cluster = await OtpCluster.StartAsync(new ClusterShape(Silos: 2, Gateways: 1, IsRecorded: true));
        List<string> secrets = [Mark, SystemTarget, .. await ServeAsync(cluster)];

        var ways = cluster.Traffic.Read().Where(way => way.Length > 0).ToList();

        // Between gateway and silos and between the silos, both ways.
        Assert.True(ways.Count >= 6, $"{ways.Count}");
        Assert.All(ways, way => Assert.Equal(TlsHandshake, way[..2]));
        Assert.True(ways.Sum(way => way.Length) > Targets * 1000);
        Assert.All(secrets, secret => Assert.DoesNotContain(ways, way => way.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0));
    }

    /// <summary>Sends codes and verifies them.</summary>
    /// <returns>The codes.</returns>
    private static async Task<List<string>> ServeAsync(OtpCluster cluster)
    {
        var clock = new RunClock();
        using var client = new LoadClient(cluster.Balancer, clock, new FaultLog(clock));
        var codes = new List<string>();
        for (var i = 0; i < Targets; i++)
        {
            var target = $"{Mark}-{i.ToString(CultureInfo.InvariantCulture)}@wire.example.com";
            var sent = await client.CallAsync(Rules.Standard.Client, OtpCall.Send(target), $"send-{i}");
            Assert.Equal(HttpStatusCode.OK, sent.Status);
            codes.Add(sent.Code!);
            var verified = await client.CallAsync(Rules.Standard.Client, OtpCall.Verify(target, sent.Code!, $"{Mark} {i}"), $"verify-{i}");
            Assert.Equal(HttpStatusCode.OK, verified.Status);
        }

        return codes;
    }
}
