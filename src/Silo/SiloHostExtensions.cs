using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Storage;
using Otp.Customers;
using Otp.Delivery;
using Otp.Hosting;
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

namespace Otp.Silo;

/// <summary>Puts a silo into a host: Orleans, storage, domain, delivery.</summary>
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
        builder.UseOrleans(embedded ? RecordsInMemory : RecordsInRedis);
        if (!embedded)
        {
            builder.Services.AddSingleton(new ProcessWarmUp(WarmUp.RunAsync));
            builder.UseOrleans(static silo => silo.AddStartupTask(WarmUp.UseStorageAsync, ServiceLifecycleStage.ApplicationServices + 1));
        }

        builder.Services.Configure<GrainCollectionOptions>(CollectGrains);
        if (builder.Configuration.ExportsTraces())
        {
            builder.UseOrleans(static silo => silo.AddActivityPropagation());
        }

        return builder;
    }

    /// <summary>Adds what the grains need.</summary>
    /// <param name="services">The silo's services.</param>
    /// <param name="storageSystem">What the records are in, as traces name it.</param>
    public static IServiceCollection AddDomain(this IServiceCollection services, string? storageSystem = null)
    {
        services.AddSingleton<IGrainStorageSerializer, StateSerializer>();
        services.TryAddSingleton(provider => provider.CreateRecordStorage(storageSystem));
        services.TryAddSingleton<OneTimeCodes>();
        services.TryAddSingleton<TargetServices>();
        services.TryAddSingleton<Seal>();
        services.TryAddSingleton<MemberVault>();
        services.AddDelivery();
        return services;
    }

    private static RecordStorage CreateRecordStorage(this IServiceProvider services, string? system)
    {
        var options = services.GetRequiredService<IOptions<OtpOptions>>().Value;
        return new RecordStorage(
            RecordLifetimes.All.Select(s => (s.Lifetime(options), services.GetRequiredKeyedService<IGrainStorage>(s.Name))),
            services.GetRequiredService<TimeProvider>(),
            system,
            services.GetService<MembershipLease>() is { } lease ? new SiloLease(lease) : null);
    }

    private static void RecordsInMemory(this ISiloBuilder silo)
    {
        silo.UseEmbeddedCluster();
        silo.Services.TryAddSingleton<EmbeddedRecords>();
        foreach (var (name, lifetime) in RecordLifetimes.All)
        {
            silo.Services.AddKeyedSingleton<IGrainStorage>(name, (services, _) => new EmbeddedStorage(
                services.GetRequiredService<EmbeddedRecords>(),
                services.GetRequiredService<IGrainStorageSerializer>(),
                RecordLifetimes.ExpiryOf(lifetime(services.GetRequiredService<IOptions<OtpOptions>>().Value))));
        }
    }

    private static void RecordsInRedis(this ISiloBuilder silo)
    {
        // TLS first: what watches connections between silos then sees none of a stranger, nor of those who ask whether a port is open.
        silo.UseClusterTls().UseRedisCluster();
        silo.AddComputedPlacement("target", "customer", "session", MemberGrain.TypeName, MemberEmailGrain.TypeName, "inbox");
        foreach (var (name, lifetime) in RecordLifetimes.All)
        {
            silo.AddRedisGrainStorage(name, options => options.Configure<RedisConnection, IOptions<OtpOptions>>((storage, redis, service) =>
            {
                storage.ConfigurationOptions = redis.Options;
                storage.CreateMultiplexer = async _ => (await redis.ConnectAsync(), IsShared: true);
                storage.EntryExpiry = RecordLifetimes.ExpiryOf(lifetime(service.Value));
                storage.DeleteStateOnClear = true;
            }));
        }
    }

    // A grain that nobody has called for so long leaves memory; its record stays. Not sooner, because a repeat of an operation is to find
    // the activation that knows whether the message left. In small steps, because a minute's targets are too many to drop at once.
    private static void CollectGrains(GrainCollectionOptions options)
    {
        options.CollectionAge = TargetRules.OperationMemory;
        options.CollectionQuantum = TimeSpan.FromSeconds(5);
    }
}
