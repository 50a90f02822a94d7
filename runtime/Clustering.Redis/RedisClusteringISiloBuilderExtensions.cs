using Microsoft.Extensions.DependencyInjection;
using Orleans.Clustering.Redis;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Microsoft.Extensions.Hosting;

/// <summary>Lets silos find each other through Redis.</summary>
public static class RedisClusteringISiloBuilderExtensions
{
    /// <summary>Keeps the membership table in the Redis that a connection string names.</summary>
    public static ISiloBuilder UseRedisClustering(this ISiloBuilder builder, string redisConnectionString)
    {
        builder.Services.AddSingleton<IMembershipLeases>(services =>
            ActivatorUtilities.CreateInstance<RedisMembershipLeases>(services, redisConnectionString));
        SiloNetworking.Add(builder.Services, builder.Configuration);
        return builder;
    }
}
