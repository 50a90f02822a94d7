using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>This silo's names, taken from its options when it is first asked for.</summary>
internal sealed class LocalSiloDetails : ILocalSiloDetails
{
    private static readonly DateTimeOffset FirstGeneration = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public LocalSiloDetails(
        IOptions<SiloOptions> silo,
        IOptions<ClusterOptions> cluster,
        IOptions<EndpointOptions> endpoints,
        [FromKeyedServices(TimeProviderNames.Membership)] TimeProvider clock)
    {
        var generation = (int)(clock.GetUtcNow() - FirstGeneration).TotalSeconds;
        var address = endpoints.Value.AdvertisedIPAddress;
        Name = silo.Value.SiloName;
        ClusterId = cluster.Value.ClusterId;
        SiloAddress = SiloAddress.New(address, endpoints.Value.SiloPort, generation);
        GatewayAddress = SiloAddress.New(address, endpoints.Value.GatewayPort, generation);
    }

    public string Name { get; }

    public string ClusterId { get; }

    public string DnsHostName { get; } = Dns.GetHostName();

    public SiloAddress SiloAddress { get; }

    public SiloAddress GatewayAddress { get; }
}
