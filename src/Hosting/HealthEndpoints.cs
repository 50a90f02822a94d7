using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Otp.Hosting;

/// <summary>
/// <c>/health/live</c>: the process answers; <c>/health/ready</c>: it can serve, which is to say that it has started, is not told to stop,
/// reaches a silo, and that silo its storage. Both <c>{"status":"Healthy"}</c>, or 503.
/// </summary>
public static class HealthEndpoints
{
    private const string Ready = "ready";

    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(2);

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<StartedHealthCheck>("started", tags: [Ready])
            .AddCheck<ClusterHealthCheck>("cluster", failureStatus: null, tags: [Ready], timeout: CheckTimeout);
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new() { Predicate = static _ => false, ResponseWriter = WriteAsync });
        routes.MapHealthChecks("/health/ready", new() { Predicate = static check => check.Tags.Contains(Ready), ResponseWriter = WriteAsync });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) =>
        context.Response.WriteAsJsonAsync(
            new HealthAnswer(report.Status.ToString()), HealthJson.Default.HealthAnswer, contentType: "application/json");
}
