using Microsoft.Extensions.DependencyInjection;

namespace Otp.Statistics;

/// <summary>Registers what counts and reports this process' last hour.</summary>
public static class StatisticsServiceCollectionExtensions
{
    /// <summary>Adds the statistics, after whatever adds the silo or the client: they begin when it has started.</summary>
    public static IServiceCollection AddStatistics(this IServiceCollection services, ProcessRole role) => services
        .AddSingleton<StatisticsCollector>()
        .AddHostedService(provider => ActivatorUtilities.CreateInstance<StatisticsReporter>(provider, role));
}
