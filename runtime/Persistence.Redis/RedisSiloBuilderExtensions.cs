using Microsoft.Extensions.Options;
using Orleans.Persistence;
using Orleans.Storage;

namespace Orleans.Hosting;

/// <summary>Adds storage in Redis to a silo.</summary>
public static class RedisSiloBuilderExtensions
{
    public static ISiloBuilder AddRedisGrainStorage(this ISiloBuilder builder, string name) => builder.AddRedisGrainStorage(name, configureOptionsBuilder: null);

    public static ISiloBuilder AddRedisGrainStorage(this ISiloBuilder builder, string name, Action<RedisStorageOptions> configureOptions) =>
        builder.ConfigureServices(services => services.AddRedisGrainStorage(name, configureOptions));

    public static ISiloBuilder AddRedisGrainStorage(
        this ISiloBuilder builder, string name, Action<OptionsBuilder<RedisStorageOptions>>? configureOptionsBuilder) =>
        builder.ConfigureServices(services => services.AddRedisGrainStorage(name, configureOptionsBuilder));

    public static ISiloBuilder AddRedisGrainStorageAsDefault(this ISiloBuilder builder) => builder.AddRedisGrainStorage(StorageNames.Default);

    public static ISiloBuilder AddRedisGrainStorageAsDefault(this ISiloBuilder builder, Action<RedisStorageOptions> configureOptions) =>
        builder.AddRedisGrainStorage(StorageNames.Default, configureOptions);

    public static ISiloBuilder AddRedisGrainStorageAsDefault(
        this ISiloBuilder builder, Action<OptionsBuilder<RedisStorageOptions>>? configureOptionsBuilder) =>
        builder.AddRedisGrainStorage(StorageNames.Default, configureOptionsBuilder);
}
