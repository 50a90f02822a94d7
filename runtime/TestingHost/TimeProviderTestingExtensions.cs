using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>Lets a test move the grains' clock and leave the engine's alone.</summary>
public static class TimeProviderTestingExtensions
{
    /// <summary>
    /// Pins every clock of the engine's own work to <paramref name="timeProvider"/>, usually the system's.
    /// Grains and their timers keep following the unkeyed <see cref="TimeProvider"/>, which the test replaces.
    /// </summary>
    public static IServiceCollection UseTimeProviderForBackgroundAreas(this IServiceCollection services, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        services.AddKeyedSingleton<TimeProvider>(KeyedService.AnyKey, (_, _) => timeProvider);
        services.AddKeyedSingleton<TimeProvider>(TimeProviderNames.Grains, (provider, _) => provider.GetRequiredService<TimeProvider>());
        return services;
    }
}
