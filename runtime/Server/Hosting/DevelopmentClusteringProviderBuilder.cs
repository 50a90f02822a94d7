using Microsoft.Extensions.Configuration;
using Orleans.Providers;

namespace Orleans.Hosting;

/// <summary>Clustering <c>Development</c>: one silo, in this process.</summary>
internal sealed class DevelopmentClusteringProviderBuilder : IProviderBuilder<ISiloBuilder>
{
    public void Configure(ISiloBuilder builder, string? name, IConfigurationSection configurationSection)
    {
    }
}
