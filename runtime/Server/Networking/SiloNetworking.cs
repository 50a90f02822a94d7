using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>What a silo needs to be one of several: the way to the others and the listener for them.</summary>
internal static class SiloNetworking
{
    private const string LogName = "Orleans.Messaging";

    /// <summary>Adds it to the services of a silo whose clustering provider offers <see cref="IClusterViews"/>.</summary>
    internal static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(_ => ClusterSecret.From(configuration));
        services.TryAddSingleton(static services =>
            new Handshake(services.GetRequiredService<ClusterSecret>(), services.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId));
        services.TryAddSingleton(static services => new ClusterCalls(
            services.GetRequiredService<IClusterViews>(),
            new LocalGrains(services.GetRequiredService<Catalog>(), services.GetRequiredService<ILocalSiloDetails>()),
            services.GetRequiredService<Handshake>(),
            services.GetRequiredService<Catalog>().Timeouts,
            ClockOf(services),
            LoggerOf(services)));
        services.TryAddSingleton(static services => new SiloListener(
            services.GetRequiredService<ClusterCalls>(),
            services.GetRequiredService<Catalog>().MakeCallTable(),
            services.GetRequiredService<Handshake>(),
            services.GetRequiredService<ILocalSiloDetails>(),
            ClockOf(services),
            LoggerOf(services)));
    }

    private static TimeProvider ClockOf(IServiceProvider services) => services.GetRequiredKeyedService<TimeProvider>(TimeProviderNames.Messaging);

    private static ILogger LoggerOf(IServiceProvider services) => services.GetRequiredService<ILoggerFactory>().CreateLogger(LogName);
}
