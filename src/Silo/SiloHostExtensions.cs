using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Otp.Customers;
using Otp.Delivery;
using Otp.Hosting.Cluster;
using Otp.Hosting.Cluster.Membership;
using Otp.Hosting.Cluster.Placement;
using Otp.Hosting.Redis;
using Otp.Hosting.Telemetry;
using Otp.Members;
using Otp.Programs;
using Otp.Settings;
using Otp.Storage;
using Otp.Targets;
using Orleans.Storage;

namespace Otp.Silo;

/// <summary>Puts a silo into a host: engine, storage, domain, delivery.</summary>
public static class SiloHostExtensions
{
    /// <summary>
    /// Adds a silo: with Redis one of a cluster, otherwise a cluster of its own with its state in memory
    /// (<see cref="ClusterConfiguration"/>).
    /// </summary>
    public static IHostApplicationBuilder AddOtpSilo(this IHostApplicationBuilder builder)
    {
        var embedded = builder.Configuration.IsEmbedded();
        builder.Services.AddOtp(builder.Configuration.GetSection(OtpOptions.Section), embedded);
        builder.Services.AddDomain(embedded ? null : "redis");
        builder.Services.AddOptions<DeliveryOptions>()
            .BindStrictly(builder.Configuration.GetSection(DeliveryOptions.Section), DeliveryOptions.Section)
            .ValidateOnStart();
        builder.UseOrleans(embedded ? StateInMemory : StateInRedis);
        if (builder.Configuration.ExportsTraces())
        {
            builder.UseOrleans(static silo => silo.AddActivityPropagation());
        }

        return builder;
    }

    /// <summary>Adds what the grains need.</summary>
    /// <param name="services">The silo's services.</param>
    /// <param name="storageSystem">What the storages are in, as traces name it.</param>
    public static IServiceCollection AddDomain(this IServiceCollection services, string? storageSystem = null)
    {
        services.AddSingleton<IGrainStorageSerializer, StateSerializer>();
        services.AddRecordStorages(storageSystem, StorageNames.Otp, StorageNames.Customers, StorageNames.Members);
        services.TryAddSingleton<OneTimeCodes>();
        services.TryAddSingleton<TargetServices>();
        services.TryAddSingleton<CodeDelivery>();
        services.TryAddSingleton<Seal>();
        services.TryAddSingleton<MemberVault>();
        services.AddDelivery();
        return services;
    }

    private static void AddRecordStorages(this IServiceCollection services, string? system, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            services.AddKeyedSingleton(name, (services, key) => new RecordStorage(
                (string)key!, services.GetRequiredKeyedService<IGrainStorage>(key), services.GetRequiredService<TimeProvider>(), system, services.GetService<MembershipLease>() is { } lease ? () => lease.Version : null));
        }
    }

    private static void StateInMemory(ISiloBuilder silo) => silo
        .UseEmbeddedCluster()
        .AddMemoryGrainStorage(StorageNames.Otp)
        .AddMemoryGrainStorage(StorageNames.Customers)
        .AddMemoryGrainStorage(StorageNames.Members)
        .Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromHours(25));

    private static void StateInRedis(ISiloBuilder silo)
    {
        silo.UseRedisCluster().UseClusterTls();
        silo.AddComputedPlacement("target", "customer", "session", MemberGrain.TypeName, MemberEmailGrain.TypeName, "inbox");
        silo.AddRecords(StorageNames.Otp, static services => services.GetRequiredService<ProgramCatalog>().Current.LongestMemory + TimeSpan.FromHours(1));
        silo.AddRecords(StorageNames.Customers, static services => services.GetRequiredService<IOptions<OtpOptions>>().Value.CustomerRetention);
        silo.AddRecords(StorageNames.Members, static services => services.GetRequiredService<IOptions<OtpOptions>>().Value.MemberRetention);
    }

    private static void AddRecords(this ISiloBuilder silo, string name, Func<IServiceProvider, TimeSpan> expiry) =>
        silo.AddRedisGrainStorage(name, options => options.Configure<RedisConnection, IServiceProvider>((storage, redis, services) =>
        {
            storage.ConfigurationOptions = redis.Options;
            storage.CreateMultiplexer = async _ => (await redis.ConnectAsync(), IsShared: true);
            storage.EntryExpiry = expiry(services);
            storage.DeleteStateOnClear = true;
        }));
}
