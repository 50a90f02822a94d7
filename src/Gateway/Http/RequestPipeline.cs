using Otp.Gateway.Audit;
using Otp.Gateway.Flow;
using Otp.Gateway.Limits;

namespace Otp.Gateway.Http;

/// <summary>What happens to every request, of whatever surface.</summary>
internal static class RequestPipeline
{
    public static IServiceCollection AddRequestPipeline(this IServiceCollection services) => services
        .AddSingleton<GrainCall>()
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
        app.UseAudit();
        app.UseRouting();
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
}
