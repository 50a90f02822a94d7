using Orleans.Otp.Gateway.Pages;

namespace Orleans.Otp.Gateway.Ops;

/// <summary><c>GET /ops</c>: the operators' page, which holds no figure; <c>GET /ops/stream</c> has them.</summary>
internal static class OpsEndpoints
{
    public static IServiceCollection AddOps(this IServiceCollection services) => services.AddOpsAccess().AddSingleton<OpsFeed>();

    public static void MapOps(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ops", static context => PageFiles.Get("ops.html").WriteAsync(context));
        routes.MapGet("/ops/stream", routes.ServiceProvider.GetRequiredService<OpsFeed>().WatchAsync).RequireAuthorization(OpsAccess.Policy);
    }
}
