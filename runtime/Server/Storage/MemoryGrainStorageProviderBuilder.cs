using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Providers;

namespace Orleans.Storage;

/// <summary>Memory storage chosen by configuration.</summary>
internal sealed class MemoryGrainStorageProviderBuilder : IProviderBuilder<ISiloBuilder>
{
    public void Configure(ISiloBuilder builder, string? name, IConfigurationSection configurationSection) =>
        builder.AddMemoryGrainStorage(name ?? StorageNames.Default, (OptionsBuilder<MemoryGrainStorageOptions> options) =>
            options.Configure<IServiceProvider>((options, services) =>
            {
                if (configurationSection["SerializerKey"] is { Length: > 0 } key)
                {
                    options.GrainStorageSerializer = services.GetRequiredKeyedService<IGrainStorageSerializer>(key);
                }
            }));
}
