using Otp.Gateway.Audit;
using Otp.Gateway.Flow;
using Otp.Gateway.Limits;

namespace Otp.Gateway.Http;

/// <summary>What happens to every request, of whatever surface.</summary>
internal static class RequestPipeline
{
    public static IServiceCollection AddRequestPipeline(this IServiceCollection services) => services
        .AddSingleton<GrainCall>()
        .AddLoadShedding()
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
        app.UseAudit();
        app.UseRouting();
        app.UseMiddleware<LoadSheddingMiddleware>();
        app.UseAuthentication();
        app.UseAuthorization();
    }
}
