using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Otp.Hosting.Cluster.Membership;
using Otp.Hosting.Redis;

namespace Otp.Hosting.Cluster;

/// <summary>A cluster whose processes meet in Redis.</summary>
public static class RedisCluster
{
    /// <summary>Makes the silo one of the cluster.</summary>
    public static ISiloBuilder UseRedisCluster(this ISiloBuilder silo)
    {
        silo.Services.AddRedis();
        silo.UseRedisClustering(static _ => { });
        silo.AddFailureDetection();
        return silo;
    }

    /// <summary>Makes the process a client of the cluster.</summary>
    public static IClientBuilder UseRedisCluster(this IClientBuilder client)
    {
        client.Services.AddRedis();
        client.UseRedisClustering(static _ => { });
        client.AddClusterTimes();
        WatchedGatewayList.Add(client);

        // A gateway may be started before its silos, and waits for them until its own time to start is over.
        client.UseConnectionRetryFilter(static async (_, cancellationToken) =>
        {
            await Task.Delay(ClusterTimes.HeartbeatInterval, TimeProvider.System, cancellationToken);
            return true;
        });
        return client;
    }

    private static void AddRedis(this IServiceCollection services)
    {
        services.AddOptions<RedisOptions>()
            .Configure<IConfiguration>(static (options, configuration) => options.ConnectionString = configuration[RedisOptions.Key] ?? string.Empty)
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RedisOptions>, RedisOptionsValidator>());
        services.TryAddSingleton<RedisConnection>();
        services.AddHostedService<RedisStart>();
        services.AddOptions<RedisClusteringOptions>().Configure<RedisConnection>(static (options, redis) =>
        {
            options.ConfigurationOptions = redis.Options;
            options.CreateMultiplexer = async _ => (await redis.ConnectAsync(), IsShared: true);
        });
    }
}
