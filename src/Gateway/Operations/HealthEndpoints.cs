using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans.Otp.Gateway.Http;

namespace Orleans.Otp.Gateway.Operations;

/// <summary><c>/health/live</c>: the process answers; <c>/health/ready</c>: it can serve. Both <c>{"status":"Healthy"}</c>, or 503.</summary>
internal static class HealthEndpoints
{
    private const string Ready = "ready";

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<StartedHealthCheck>("started", tags: [Ready]);
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new() { Predicate = static _ => false, ResponseWriter = WriteAsync });
        routes.MapHealthChecks("/health/ready", new() { Predicate = static check => check.Tags.Contains(Ready), ResponseWriter = WriteAsync });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var answer = new HealthAnswer(report.Status.ToString());
        return JsonAnswer.WriteAsync(context, context.Response.StatusCode, answer, OperationsJson.Default.HealthAnswer);
    }
}
