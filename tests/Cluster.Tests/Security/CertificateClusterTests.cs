using Otp.Cluster.Processes;

namespace Otp.Cluster.Security;

/// <summary>A cluster without a secret, whose processes have certificates of the operator's.</summary>
public sealed class CertificateClusterTests : IDisposable
{
    private readonly OperatorAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task Processes_with_the_operators_certificate_find_each_other()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Otp__Cluster__Secret"] = string.Empty,
            ["Otp__Cluster__Certificate"] = _authority.Write(OperatorAuthority.Shared()),
        };

        // Ready is whoever reaches the others.
        await using var cluster = await OtpCluster.StartAsync(new ClusterShape(Silos: 2, Gateways: 1), settings);

        Assert.All(cluster.Silos, silo => Assert.DoesNotContain("HandshakeGuard", silo.Process.Output(), StringComparison.Ordinal));
    }
}
