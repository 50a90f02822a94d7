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

    private readonly EndpointOptions _endpoints;
    private readonly TimeProvider _clock;
    private volatile SiloAddress _siloAddress;

    public LocalSiloDetails(
        IOptions<SiloOptions> silo,
        IOptions<ClusterOptions> cluster,
        IOptions<EndpointOptions> endpoints,
        [FromKeyedServices(TimeProviderNames.Membership)] TimeProvider clock)
    {
        _endpoints = endpoints.Value;
        _clock = clock;
        _siloAddress = Address(Now());
        Name = silo.Value.SiloName;
        ClusterId = cluster.Value.ClusterId;
    }

    public string Name { get; }

    public string ClusterId { get; }

    public string DnsHostName { get; } = Dns.GetHostName();

    public SiloAddress SiloAddress => _siloAddress;

    public SiloAddress GatewayAddress => SiloAddress.New(_endpoints.AdvertisedIPAddress, _endpoints.GatewayPort, SiloAddress.Generation);

    /// <summary>Starts another generation: to its peers the silo is a new one from now on.</summary>
    internal void Renew() => _siloAddress = Address(Math.Max(Now(), SiloAddress.Generation + 1));

    private SiloAddress Address(int generation) => SiloAddress.New(_endpoints.AdvertisedIPAddress, _endpoints.SiloPort, generation);

    private int Now() => (int)(_clock.GetUtcNow() - FirstGeneration).TotalSeconds;
}
