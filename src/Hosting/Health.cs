using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Otp.Health;

namespace Otp.Hosting;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can serve: it has started, was not told to stop, reaches a silo, and that
/// silo reaches its storage. Both answer <c>{"status":"Healthy"}</c>, or 503.
/// </summary>
public static class HealthEndpoints
{
    private const string Ready = "ready";

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<StartedHealthCheck>("started", tags: [Ready])
            .AddCheck<ClusterHealthCheck>("cluster", tags: [Ready]);
        return services
            .AddSingleton<ClusterHealthCheck>()
            .AddSingleton<Drain>()
            .AddHostedService(static provider => provider.GetRequiredService<Drain>());
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

/// <summary>Whether the process serves.</summary>
/// <param name="Status"><c>Healthy</c> or <c>Unhealthy</c>.</param>
public sealed record HealthAnswer(string Status);

/// <summary>Source-generated JSON of the health endpoints.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class HealthJson : JsonSerializerContext;

/// <summary>Healthy from the moment the host, and with it the silo, has started until it is told to stop.</summary>
internal sealed class StartedHealthCheck(IHostApplicationLifetime lifetime, Drain drain) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifetime.ApplicationStarted.IsCancellationRequested && !drain.HasBegun
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy());
}

/// <summary>Healthy if a silo answers that it reaches its storage. One answer serves all who ask within half a second, as anybody may.</summary>
internal sealed class ClusterHealthCheck(IGrainFactory grains, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AnswerLifetime = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private Task<HealthCheckResult>? _answer;
    private long _askedAt;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_answer is null || (_answer.IsCompleted && time.GetElapsedTime(_askedAt) >= AnswerLifetime))
            {
                (_answer, _askedAt) = (AskAsync(), time.GetTimestamp());
            }

            return _answer.WaitAsync(cancellationToken);
        }
    }

    private async Task<HealthCheckResult> AskAsync()
    {
        try
        {
            await grains.GetGrain<IHealthGrain>(IHealthGrain.Key).Check().WaitAsync(AnswerTimeout, time);
            return HealthCheckResult.Healthy();
        }
        catch (Exception)
        {
            return HealthCheckResult.Unhealthy();
        }
    }
}
