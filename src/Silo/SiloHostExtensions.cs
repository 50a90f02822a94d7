using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Otp.Customers;
using Orleans.Otp.Delivery;
using Orleans.Otp.Hosting.Telemetry;
using Orleans.Otp.Members;
using Orleans.Otp.Programs;
using Orleans.Otp.Settings;
using Orleans.Otp.Storage;
using Orleans.Otp.Targets;
using Orleans.Storage;

namespace Orleans.Otp.Silo;

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
                (string)key!, services.GetRequiredKeyedService<IGrainStorage>(key), services.GetRequiredService<TimeProvider>(), system));
        }
    }

    // Records in memory have no expiry of their own: a grain stays until its timer has cleared its record.
    private static void StateInMemory(ISiloBuilder silo) => silo
        .UseLocalhostClustering()
        .AddMemoryGrainStorage(StorageNames.Otp)
        .AddMemoryGrainStorage(StorageNames.Customers)
        .AddMemoryGrainStorage(StorageNames.Members)
        .Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromHours(25));

    // Clustering and storages come from the configuration; what it cannot say is how long a record outlives its last write, and that a
    // cleared one leaves nothing.
    private static void StateInRedis(ISiloBuilder silo)
    {
        silo.AddStartupTask(Rehearsal.RunAsync, ServiceLifecycleStage.ApplicationServices);
        silo.Services.AddOptions<Persistence.RedisStorageOptions>(StorageNames.Otp)
            .Configure<ProgramCatalog>((redis, programs) => redis.EntryExpiry = programs.Current.LongestMemory + TimeSpan.FromHours(1));
        silo.Services.AddOptions<Persistence.RedisStorageOptions>(StorageNames.Customers)
            .Configure<IOptions<OtpOptions>>((redis, otp) => redis.EntryExpiry = otp.Value.CustomerRetention);
        silo.Services.AddOptions<Persistence.RedisStorageOptions>(StorageNames.Members)
            .Configure<IOptions<OtpOptions>>((redis, otp) => redis.EntryExpiry = otp.Value.MemberRetention);
        silo.Services.ConfigureAll<Persistence.RedisStorageOptions>(redis => redis.DeleteStateOnClear = true);
    }
}
