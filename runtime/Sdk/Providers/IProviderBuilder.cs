using Microsoft.Extensions.Configuration;

namespace Orleans.Providers;

/// <summary>Adds a provider that configuration asked for to a silo or a client.</summary>
public interface IProviderBuilder<TBuilder>
{
    /// <summary>Registers the provider's services.</summary>
    /// <param name="builder">The host part that is being configured.</param>
    /// <param name="name">The provider's name, or null for a kind of which there is one.</param>
    /// <param name="configurationSection">The section that holds the provider's settings.</param>
    void Configure(TBuilder builder, string? name, IConfigurationSection configurationSection);
}
