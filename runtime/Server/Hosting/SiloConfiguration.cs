using System.Net;
using Microsoft.Extensions.Configuration;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime;

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
            Configure(silo, clustering, "Clustering", name: null);
        }

        foreach (var storage in section.GetSection("GrainStorage").GetChildren())
        {
            Configure(silo, storage, "GrainStorage", storage.Key);
        }
    }

    private static void Bind(EndpointOptions options, IConfigurationSection section)
    {
        options.SiloPort = section.GetValue(nameof(options.SiloPort), options.SiloPort);
        options.GatewayPort = section.GetValue(nameof(options.GatewayPort), options.GatewayPort);
        options.AdvertisedIPAddress = section[nameof(options.AdvertisedIPAddress)] is { Length: > 0 } address
            ? IPAddress.Parse(address)
            : options.AdvertisedIPAddress;
    }

    private static void Configure(ISiloBuilder silo, IConfigurationSection section, string kind, string? name)
    {
        var wanted = section["ProviderType"] ?? "Default";
        var known = ApplicationTypes.Providers()
            .Where(provider => provider.Target == "Silo" && string.Equals(provider.Kind, kind, StringComparison.OrdinalIgnoreCase))
            .ToArray();
        var found = Array.Find(known, provider => string.Equals(provider.Name, wanted, StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidOperationException(
                $"{section.Path}:ProviderType names the {kind} provider '{wanted}', which is none of those referenced: {string.Join(", ", known.Select(static provider => provider.Name))}.");
        ((IProviderBuilder<ISiloBuilder>)Activator.CreateInstance(found.Type)!).Configure(silo, name, section);
    }
}
