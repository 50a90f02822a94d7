using Otp.Gateway.Limits;
using Otp.Hosting;

namespace Otp.Gateway.Http;

/// <summary>What happens to every request, of whatever surface.</summary>
internal static class RequestPipeline
{
    public static IServiceCollection AddRequestPipeline(this IServiceCollection services) => services
        .AddSingleton<GrainCall>()
        .AddSingleton(new AdaptiveLimit())
        .AddHostedService<QueueDelayMonitor>()
        .AddSingleton<RateLimitHeaders>()
        .AddSingleton<CallerLimits>()
        .AddSingleton<OtpFlow>()
        .AddSingleton<TokenFlow>()
        .AddProxyHeaders();

    public static void UseRequestPipeline(this WebApplication app)
    {
        app.UseProxyHeaders();
        app.UseMiddleware<RequestIdMiddleware>();
        app.Use(SetDefaultHeaders);
        app.UseMiddleware<ErrorMiddleware>();
        app.UseDrain();
        app.UseManagementListener();
        app.UseAudit();
        app.UseRouting();
        app.UseMiddleware<LoadSheddingMiddleware>();
        app.UseAuthentication();
        app.UseAuthorization();
    }

    /// <summary>Routes that answer HEAD wherever they answer GET (RFC 9110, 9.3.2); the server leaves the body out.</summary>
    public static IEndpointRouteBuilder AnsweringHead(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("");
        ((IEndpointConventionBuilder)group).Finally(static endpoint =>
        {
            if (endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault() is { HttpMethods: ["GET"] })
            {
                endpoint.Metadata.Add(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]));
            }
        });
        return group;
    }

    // Codes, tokens and people are in answers: nothing is kept unless an endpoint says otherwise, nor taken for what it is not.
    private static Task SetDefaultHeaders(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return next(context);
    }

    // Connections that outlive the drain would be cut: their callers open others, which lead to a gateway that stays.
    private static void UseDrain(this WebApplication app)
    {
        var drain = app.Services.GetRequiredService<Drain>();
        app.Use((context, next) =>
        {
            if (drain.HasBegun && HttpProtocol.IsHttp11(context.Request.Protocol))
            {
                context.Response.Headers.Connection = "close";
            }

            return next(context);
        });
    }
}
