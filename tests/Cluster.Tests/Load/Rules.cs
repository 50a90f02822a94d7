using System.Collections.Immutable;
using Otp.Cluster.Processes;

namespace Otp.Cluster.Load;

/// <summary>A program's rules, as the service's documentation states them.</summary>
internal sealed record Rules(string Client, string Service, ImmutableArray<(int Limit, TimeSpan Period)> Windows, TimeSpan Lifetime, int Attempts = 3)
{
    public static Rules Standard { get; } =
        new(ServiceSettings.Client, ServiceSettings.Service, [(5, TimeSpan.FromHours(1)), (10, TimeSpan.FromDays(1))], TimeSpan.FromMinutes(5));

    public static Rules Hasty { get; } =
        new(ServiceSettings.HastyClient, ServiceSettings.HastyService, [(ServiceSettings.HastyLimit, ServiceSettings.HastyWindow)], ServiceSettings.HastyLifetime);
}
