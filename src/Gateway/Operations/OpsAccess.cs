using Microsoft.AspNetCore.Authorization;
using Otp.Gateway.Development;

namespace Otp.Gateway.Operations;

/// <summary>Who may see the figures: a client with the role <c>admin</c>, and in Development anybody on this machine.</summary>
internal static class OpsAccess
{
    /// <summary>The policy of the figures.</summary>
    public const string Policy = "ops";

    public static IServiceCollection AddOpsAccess(this IServiceCollection services)
    {
        services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy.RequireAssertion(IsAllowed));
        return services;
    }

    private static bool IsAllowed(AuthorizationHandlerContext context) =>
        context.Resource is HttpContext http && (IsAdmin(http) || IsDeveloper(http));

    private static bool IsAdmin(HttpContext context) =>
        context.Features.Get<ProgramClient>()?.HasRole(ClientRoles.Admin) == true && MemberScope.Of(context.User) is null;

    // A token, if there is one, decides.
    private static bool IsDeveloper(HttpContext context) => context.Request.Headers.Authorization.Count == 0 && DeveloperAccess.IsAllowed(context);
}
