using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Otp.Customers;
using Orleans.Otp.Delivery;
using Orleans.Otp.Programs;
using Orleans.Otp.Storage;
using Orleans.Otp.Targets;
using Orleans.Storage;

namespace Orleans.Otp.Silo;

/// <summary>Puts a silo into a host: engine, storage, domain, delivery.</summary>
public static class SiloHostExtensions
{
    /// <summary>The storage that every grain's state is in.</summary>
    private const string Storage = "otp";

    /// <summary>Adds a silo that is a cluster of its own, its state in memory.</summary>
    public static IHostApplicationBuilder AddOtpSilo(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOtp(builder.Configuration.GetSection(OtpOptions.Section), embedded: true);
        builder.Services.AddDomain();
        builder.Services.AddOptions<DeliveryOptions>().Bind(builder.Configuration.GetSection(DeliveryOptions.Section)).ValidateOnStart();
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering()
            .AddMemoryGrainStorage(Storage)
            .Configure<GrainCollectionOptions>(KeepUntilForgotten));
        return builder;
    }

    /// <summary>Adds what the grains need.</summary>
    public static IServiceCollection AddDomain(this IServiceCollection services)
    {
        services.AddSingleton<IGrainStorageSerializer, StateSerializer>();
        services.TryAddSingleton<OneTimeCodes>();
        services.TryAddSingleton<TargetServices>();
        services.TryAddSingleton<CodeDelivery>();
        services.TryAddSingleton<Seal>();
        services.AddDelivery();
        return services;
    }

    // Records in memory have no expiry of their own: a grain stays until its timer has cleared its record.
    private static void KeepUntilForgotten(GrainCollectionOptions options) => options.CollectionAge = TimeSpan.FromHours(25);
}
