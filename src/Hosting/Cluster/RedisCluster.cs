using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Clustering.Redis;
using Otp.Hosting.Cluster.Membership;
using Otp.Hosting.Redis;
using Otp.Settings;

namespace Otp.Hosting.Cluster;

/// <summary>A cluster whose membership is in Redis.</summary>
public static class RedisCluster
{
    /// <summary>Joins the silo to the cluster.</summary>
    public static ISiloBuilder UseRedisCluster(this ISiloBuilder silo)
    {
        silo.Services.AddRedis();
        silo.UseRedisClustering(static _ => { });
        silo.AddClusterTimes();
        ConnectionWatch.Add(silo);
        silo.Services
            .AddSingleton<MembershipLease>()
            .AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(static services => services.GetRequiredService<MembershipLease>())
            .Replace(ServiceDescriptor.Singleton<IFatalErrorHandler, FatalErrorExit>());
        return silo;
    }

    /// <summary>Makes the process a client of the cluster.</summary>
    public static IClientBuilder UseRedisCluster(this IClientBuilder client)
    {
        client.Services.AddRedis();
        client.UseRedisClustering(static _ => { });
        client.AddClusterTimes();
        WatchedGatewayList.Add(client);

        // A gateway may start before its silos. It retries until its own start times out.
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
            .Check(static (options, faults) =>
            {
                if (!RedisConnectionString.TryParse(options.ConnectionString, out _, out var fault))
                {
                    faults.Add($"{RedisOptions.Key}: {fault}");
                }
            })
            .ValidateOnStart();
        services.TryAddSingleton<RedisConnection>();
        services.AddHostedService<RedisStart>();
        services.AddOptions<RedisClusteringOptions>().Configure<RedisConnection>(static (options, redis) =>
        {
            options.ConfigurationOptions = redis.Options;
            options.CreateMultiplexer = async _ => (await redis.ConnectAsync(), IsShared: true);
        });
    }
}
