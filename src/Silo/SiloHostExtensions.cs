using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Storage;
using Otp.Customers;
using Otp.Delivery;
using Otp.Events;
using Otp.Fraud;
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
using Otp.Verifications;

namespace Otp.Silo;

/// <summary>Adds a silo to a host: Orleans, storage, domain, delivery.</summary>
public static class SiloHostExtensions
{
    /// <summary>
    /// Adds a silo. With Redis it joins a cluster; without, it is a cluster of its own with its state in memory
    /// (<see cref="ClusterConfiguration"/>).
    /// </summary>
    /// <param name="builder">The process.</param>
    /// <param name="hostsGrains">Whether the grains of the domain may live here.</param>
    public static IHostApplicationBuilder AddOtpSilo(this IHostApplicationBuilder builder, bool hostsGrains = true)
    {
        var embedded = builder.Configuration.IsEmbedded();
        builder.Services.AddOtp(builder.Configuration.GetSection(OtpOptions.Section), embedded);
        if (hostsGrains)
        {
            builder.AddGrains(embedded);
        }
        else
        {
            builder.UseOrleans(static silo => silo.JoinCluster().HostNoGrains(typeof(TargetGrain).Assembly));
        }

        if (builder.Configuration.ExportsTraces())
        {
            builder.UseOrleans(static silo => silo.AddActivityPropagation());
        }

        return builder;
    }

    private static void AddGrains(this IHostApplicationBuilder builder, bool embedded)
    {
        builder.Services.AddOptions<OtpOptions>().Check(static (otp, faults) => faults.RequireSecretKeys("Otp:CodeKeys", otp.CodeKeys));
        builder.Services.AddDomain(embedded ? null : "redis");
        builder.Services.AddOptions<DeliveryOptions>()
            .BindStrictly(builder.Configuration.GetSection(DeliveryOptions.Section), DeliveryOptions.Section)
            .ValidateOnStart();
        builder.Services.AddHostedService<EventWaker>();
        builder.UseOrleans(embedded ? RecordsInMemory : RecordsInRedis);
        if (!embedded)
        {
            builder.Services.AddSingleton(new ProcessWarmUp(WarmUp.RunAsync));
            builder.UseOrleans(static silo => silo.AddStartupTask(WarmUp.UseStorageAsync, ServiceLifecycleStage.ApplicationServices + 1));
        }

        builder.Services.Configure<GrainCollectionOptions>(CollectGrains);
    }

    /// <summary>Adds the services of the grains.</summary>
    /// <param name="services">The silo's services.</param>
    /// <param name="storageSystem">The database of the records, as traces name it; null in memory.</param>
    public static IServiceCollection AddDomain(this IServiceCollection services, string? storageSystem = null)
    {
        services.AddSingleton<IGrainStorageSerializer, StateSerializer>();
        services.TryAddSingleton(provider => provider.CreateRecordStorage(storageSystem));
        services.TryAddSingleton<OneTimeCodes>();
        services.TryAddSingleton<TargetServices>();
        services.TryAddSingleton<SignIn>();
        services.TryAddSingleton<MemberVault>();
        services.TryAddSingleton<VerificationRecords>();
        services.AddEvents();
        services.TryAddSingleton<MessageReceipts>();
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
        silo.JoinCluster();
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

    // TLS comes first, so that the failure detection never sees a connection of a stranger or of a port check.
    private static ISiloBuilder JoinCluster(this ISiloBuilder silo) =>
        silo.UseClusterTls().UseRedisCluster().AddComputedPlacement(
            "target",
            MemberGrain.TypeName,
            MemberEmailGrain.TypeName,
            VerificationGrain.TypeName,
            EventOutboxGrain.TypeName,
            PrefixGrain.TypeName,
            BlockedPrefixesGrain.TypeName,
            "inbox");

    // A grain without calls leaves memory; its record stays. It stays as long as operations are remembered, because a repeat must find the
    // activation that knows whether the message left. The steps are small, because a minute's targets are too many to drop at once.
    private static void CollectGrains(GrainCollectionOptions options)
    {
        options.CollectionAge = TargetRules.OperationMemory;
        options.CollectionQuantum = TimeSpan.FromSeconds(5);
    }
}

/// <summary>Adapts the cluster's lease to the storage of records.</summary>
internal sealed class SiloLease(MembershipLease lease) : IMembershipLease
{
    public long? Version => lease.Version;

    public async Task RenewAsync()
    {
        await lease.RenewAsync();
        if (lease.Version is null)
        {
            throw new SiloUnavailableException("This silo is no longer active.");
        }
    }
}
