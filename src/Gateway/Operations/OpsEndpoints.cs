using Otp.Gateway.Pages;

namespace Otp.Gateway.Operations;

/// <summary><c>GET /ops</c>: the operators' page without figures; <c>GET /ops/stream</c>: the figures.</summary>
internal static class OpsEndpoints
{
    public static IServiceCollection AddOperations(this IServiceCollection services) => services.AddOpsAccess().AddSingleton<OpsFeed>();

    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ops", static context => PageFiles.Get("ops.html").WriteAsync(context));
        routes.MapGet("/ops/stream", routes.ServiceProvider.GetRequiredService<OpsFeed>().WatchAsync).RequireAuthorization(OpsAccess.Policy);
    }
}
