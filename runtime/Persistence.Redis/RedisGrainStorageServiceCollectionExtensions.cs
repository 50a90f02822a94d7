using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Persistence;
using Orleans.Storage;

namespace Orleans.Hosting;

/// <summary>Adds storage in Redis to a silo's services.</summary>
public static class RedisGrainStorageServiceCollectionExtensions
{
    public static IServiceCollection AddRedisGrainStorage(this IServiceCollection services, string name, Action<RedisStorageOptions> configureOptions) =>
        services.AddRedisGrainStorage(name, options => options.Configure(configureOptions));

    public static IServiceCollection AddRedisGrainStorage(
        this IServiceCollection services, string name, Action<OptionsBuilder<RedisStorageOptions>>? configureOptions = null)
    {
        var options = services.AddOptions<RedisStorageOptions>(name);
        configureOptions?.Invoke(options);
        options.PostConfigure<IServiceProvider>((options, services) =>
            options.GrainStorageSerializer ??= services.GetKeyedService<IGrainStorageSerializer>(name) ?? services.GetRequiredService<IGrainStorageSerializer>());
        services.AddKeyedSingleton(name, (services, _) => new RedisGrainStorage(
            name,
            services.GetRequiredService<IOptionsMonitor<RedisStorageOptions>>().Get(name),
            services.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId,
            services.GetRequiredService<ILoggerFactory>()));
        services.AddKeyedSingleton<IGrainStorage>(name, (services, _) => services.GetRequiredKeyedService<RedisGrainStorage>(name));
        services.AddSingleton<IHostedService>(services => new RedisGrainStorageStart(services.GetRequiredKeyedService<RedisGrainStorage>(name)));
        return services;
    }

    public static IServiceCollection AddRedisGrainStorageAsDefault(this IServiceCollection services, Action<RedisStorageOptions> configureOptions) =>
        services.AddRedisGrainStorage(StorageNames.Default, configureOptions);

    public static IServiceCollection AddRedisGrainStorageAsDefault(
        this IServiceCollection services, Action<OptionsBuilder<RedisStorageOptions>>? configureOptions = null) =>
        services.AddRedisGrainStorage(StorageNames.Default, configureOptions);
}
