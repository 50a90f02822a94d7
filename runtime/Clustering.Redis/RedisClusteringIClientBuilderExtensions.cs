using Microsoft.Extensions.DependencyInjection;
using Orleans.Clustering.Redis;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Microsoft.Extensions.Hosting;

/// <summary>Lets clients find the silos through Redis.</summary>
public static class RedisClusteringIClientBuilderExtensions
{
    /// <summary>Reads the membership table in the Redis that a connection string names.</summary>
    public static IClientBuilder UseRedisClustering(this IClientBuilder builder, string redisConnectionString)
    {
        builder.Services.AddSingleton<IMembershipLeases>(services =>
            ActivatorUtilities.CreateInstance<RedisMembershipLeases>(services, redisConnectionString));
        return builder;
    }
}
