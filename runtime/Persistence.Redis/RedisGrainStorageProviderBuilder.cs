using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Storage;

namespace Orleans.Persistence;

/// <summary>
/// Redis storage chosen by configuration: <c>ConnectionString</c>, or <c>ConnectionName</c> that names one of <c>ConnectionStrings</c>;
/// <c>SerializerKey</c>; and, which Microsoft Orleans takes from code alone, <c>EntryExpiry</c> and <c>DeleteStateOnClear</c>.
/// </summary>
internal sealed class RedisGrainStorageProviderBuilder : IProviderBuilder<ISiloBuilder>
{
    public void Configure(ISiloBuilder builder, string? name, IConfigurationSection configurationSection) =>
        builder.AddRedisGrainStorage(name ?? StorageNames.Default, (OptionsBuilder<RedisStorageOptions> options) =>
            options.Configure<IServiceProvider>((options, services) =>
            {
                options.ConnectionString = configurationSection["ConnectionString"] is { Length: > 0 } connectionString
                    ? connectionString
                    : configurationSection["ConnectionName"] is { Length: > 0 } connectionName
                        ? services.GetRequiredService<IConfiguration>().GetConnectionString(connectionName)
                        : null;
                options.EntryExpiry = Value(configurationSection, nameof(options.EntryExpiry), options.EntryExpiry);
                options.DeleteStateOnClear = Value(configurationSection, nameof(options.DeleteStateOnClear), options.DeleteStateOnClear);
                if (configurationSection["SerializerKey"] is { Length: > 0 } key)
                    options.GrainStorageSerializer = services.GetRequiredKeyedService<IGrainStorageSerializer>(key);
            }));

    private static T Value<T>(IConfigurationSection section, string key, T other) => section.GetValue(key, other)!;
}
