using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Hosting;

/// <summary>Everything a silo is made of.</summary>
internal static class SiloServices
{
    internal static void Add(ISiloBuilder silo)
    {
        var services = silo.Services;
        services.AddOptions();
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddKeyedSingleton<TimeProvider>(KeyedService.AnyKey, static (services, _) => services.GetRequiredService<TimeProvider>());
        services.TryAddSingleton<IGrainStorageSerializer, JsonGrainStorageSerializer>();
        services.TryAddSingleton<MemoryStore>();
        services.AddSingleton<OrleansInstruments>();
        services.AddSingleton<Catalog>();
        services.TryAddSingleton<IGrainFactory>(static services => services.GetRequiredService<Catalog>().GrainFactory);
        services.TryAddSingleton<IClusterClient>(static services => services.GetRequiredService<Catalog>().GrainFactory);
        services.AddSingleton<LocalSiloDetails>();
        services.AddSingleton<ILocalSiloDetails>(static services => services.GetRequiredService<LocalSiloDetails>());
        services.AddSingleton(static services => new Lease(services.GetRequiredKeyedService<TimeProvider>(TimeProviderNames.Membership)));
        services.AddSingleton<Departures>();
        services.AddSingleton<Handover>();
        services.AddSingleton<Membership>();
        services.AddSingleton<IClusterViews>(static services => services.GetRequiredService<Membership>());
        services.PostConfigure<SiloOptions>(static options =>
            options.SiloName = options.SiloName is { Length: > 0 } name ? name : $"Silo_{RandomNumberGenerator.GetHexString(5, lowercase: true)}");
        services.AddHostedService<Silo>();
        SiloConfiguration.Apply(silo);
    }
}
