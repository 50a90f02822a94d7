using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Everything a client is made of, but its clustering provider.</summary>
internal static class ClientServices
{
    internal static void Add(IClientBuilder client)
    {
        var services = client.Services;
        services.AddOptions();
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddKeyedSingleton<TimeProvider>(KeyedService.AnyKey, static (services, _) => services.GetRequiredService<TimeProvider>());
        services.TryAddSingleton(_ => ClusterSecret.From(client.Configuration));
        services.TryAddSingleton<IClusterViews>(static services => services.GetService<IMembershipLeases>() is not null
            ? ActivatorUtilities.CreateInstance<ClientViews>(services)
            : throw new OrleansConfigurationException("The client has no clustering provider: Orleans:Clustering:ProviderType names none."));
        services.AddSingleton<OrleansInstruments>();
        services.AddSingleton<ClusterClient>();
        services.AddSingleton<IClusterClient>(static services => services.GetRequiredService<ClusterClient>().Factory);
        services.AddSingleton<IGrainFactory>(static services => services.GetRequiredService<ClusterClient>().Factory);
        services.AddHostedService(static services => services.GetRequiredService<ClusterClient>());
        var section = client.Configuration.GetSection("Orleans");
        client.Configure<ClusterOptions>(section);
        client.Configure<ClientMessagingOptions>(section.GetSection("Messaging"));
        var clustering = section.GetSection("Clustering");
        if (clustering.Exists())
        {
            ProviderConfiguration.Add(client, "Client", "Clustering", name: null, clustering);
        }
    }
}
