using Microsoft.Extensions.Configuration;
using Orleans.Runtime;

namespace Orleans.Providers;

/// <summary>Adds the providers that configuration asks for, from those that the application references.</summary>
internal static class ProviderConfiguration
{
    /// <summary>Adds the provider that a section names.</summary>
    /// <param name="builder">The silo or client.</param>
    /// <param name="target"><c>Silo</c> or <c>Client</c>.</param>
    /// <param name="kind">What is provided, e.g. <c>Clustering</c>.</param>
    /// <param name="name">The provider's name, or null for a kind of which there is one.</param>
    /// <param name="section">Where its settings are.</param>
    /// <exception cref="InvalidOperationException">There is no such provider.</exception>
    internal static void Add<TBuilder>(TBuilder builder, string target, string kind, string? name, IConfigurationSection section)
    {
        var wanted = section["ProviderType"] ?? "Default";
        var known = ApplicationTypes.Providers()
            .Where(provider => provider.Target == target && string.Equals(provider.Kind, kind, StringComparison.OrdinalIgnoreCase))
            .ToArray();
        var found = Array.Find(known, provider => string.Equals(provider.Name, wanted, StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidOperationException(
                $"{section.Path}:ProviderType names the {kind} provider '{wanted}', which is none of those referenced: {string.Join(", ", known.Select(static provider => provider.Name))}.");
        ((IProviderBuilder<TBuilder>)Activator.CreateInstance(found.Type)!).Configure(builder, name, section);
    }
}
