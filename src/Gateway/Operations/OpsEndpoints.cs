using Microsoft.AspNetCore.Authorization;
using Otp.Gateway.Development;
using Otp.Gateway.Pages;

namespace Otp.Gateway.Operations;

/// <summary><c>GET /ops</c>: the operators' page without figures; <c>GET /ops/stream</c>: the figures.</summary>
internal static class OpsEndpoints
{
    private const string Policy = "ops";

    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddAuthorizationBuilder().AddPolicy(Policy, static policy => policy.RequireAssertion(MaySeeFigures));
        return services.AddSingleton<OpsFeed>();
    }

    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ops", static context => PageFiles.Get("ops.html").WriteAsync(context));
        routes.MapGet("/ops/stream", routes.ServiceProvider.GetRequiredService<OpsFeed>().WatchAsync).RequireAuthorization(Policy);
    }

    // A client with the role admin, and in Development anybody on this machine.
    private static bool MaySeeFigures(AuthorizationHandlerContext context) => context.Resource is HttpContext http && (IsAdmin(http) || IsDeveloper(http));

    private static bool IsAdmin(HttpContext context) =>
        context.Features.Get<ProgramClient>()?.HasRole(ClientRoles.Admin) == true && MemberScope.Of(context.User) is null;

    // A token, if there is one, decides.
    private static bool IsDeveloper(HttpContext context) => context.Request.Headers.Authorization.Count == 0 && DeveloperAccess.IsAllowed(context);
}
