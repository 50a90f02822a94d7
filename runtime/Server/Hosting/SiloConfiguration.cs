using System.Net;
using Microsoft.Extensions.Configuration;
using Orleans.Configuration;
using Orleans.Providers;

namespace Orleans.Hosting;

/// <summary>Reads the section <c>Orleans</c> of the host's configuration.</summary>
internal static class SiloConfiguration
{
    internal static void Apply(ISiloBuilder silo)
    {
        var section = silo.Configuration.GetSection("Orleans");
        if (section["Name"] is { Length: > 0 } name)
        {
            silo.Configure<SiloOptions>(options => options.SiloName = name);
        }

        silo.Configure<ClusterOptions>(section);
        silo.Configure<SiloMessagingOptions>(section.GetSection("Messaging"));
        silo.Configure<EndpointOptions>(options => Bind(options, section.GetSection("Endpoints")));
        var clustering = section.GetSection("Clustering");
        if (clustering.Exists())
        {
            ProviderConfiguration.Add(silo, "Silo", "Clustering", name: null, clustering);
        }

        foreach (var storage in section.GetSection("GrainStorage").GetChildren())
        {
            ProviderConfiguration.Add(silo, "Silo", "GrainStorage", storage.Key, storage);
        }
    }

    private static void Bind(EndpointOptions options, IConfigurationSection section)
    {
        options.SiloPort = section.GetValue(nameof(options.SiloPort), options.SiloPort);
        options.GatewayPort = section.GetValue(nameof(options.GatewayPort), options.GatewayPort);
        options.AdvertisedIPAddress = section[nameof(options.AdvertisedIPAddress)] is { Length: > 0 } address
            ? IPAddress.Parse(address)
            : options.AdvertisedIPAddress;
        options.SiloListeningEndpoint = EndPoint(section[nameof(options.SiloListeningEndpoint)]) ?? options.SiloListeningEndpoint;
        options.GatewayListeningEndpoint = EndPoint(section[nameof(options.GatewayListeningEndpoint)]) ?? options.GatewayListeningEndpoint;
    }

    private static IPEndPoint? EndPoint(string? text) => string.IsNullOrEmpty(text) ? null : IPEndPoint.Parse(text);
}
