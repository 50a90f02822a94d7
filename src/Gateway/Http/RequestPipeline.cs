using Otp.Gateway.Audit;
using Otp.Gateway.Flow;
using Otp.Gateway.Limits;
using Otp.Hosting;

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
        app.UseMiddleware<ErrorMiddleware>();
        app.UseDrain();
        app.UseManagementListener();
        app.UseAudit();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
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
