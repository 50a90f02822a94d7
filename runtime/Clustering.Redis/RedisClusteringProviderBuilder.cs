using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Runtime;

namespace Orleans.Clustering.Redis;

/// <summary>Clustering <c>Redis</c>, with the setting <c>ConnectionString</c>.</summary>
internal sealed class RedisClusteringProviderBuilder : IProviderBuilder<ISiloBuilder>, IProviderBuilder<IClientBuilder>
{
    public void Configure(ISiloBuilder builder, string? name, IConfigurationSection configurationSection) =>
        builder.UseRedisClustering(ConnectionString(configurationSection));

    public void Configure(IClientBuilder builder, string? name, IConfigurationSection configurationSection) =>
        builder.UseRedisClustering(ConnectionString(configurationSection));

    private static string ConnectionString(IConfigurationSection section) =>
        section["ConnectionString"] is { Length: > 0 } text
            ? text
            : throw new OrleansConfigurationException($"{section.Path}:ConnectionString is missing.");
}
