using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Otp.Gateway.Auth;
using Otp.Programs;

namespace Otp.Gateway.Operations;

/// <summary>Who may see the figures: a client with the role <c>admin</c>, and in Development anybody on this machine.</summary>
internal static class OpsAccess
{
    /// <summary>The policy of the figures.</summary>
    public const string Policy = "ops";

    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Real-IP"];

    public static IServiceCollection AddOpsAccess(this IServiceCollection services)
    {
        services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy.RequireAssertion(IsAllowed));
        return services;
    }

    private static bool IsAllowed(AuthorizationHandlerContext context) =>
        context.Resource is HttpContext http && (IsAdmin(http) || IsDeveloper(http));

    private static bool IsAdmin(HttpContext context) =>
        context.Features.Get<ProgramClient>()?.HasRole(ClientRoles.Admin) == true && MemberScope.Of(context.User) is null;

    // A token, if there is one, decides. The host is checked because the page of another site may have its name resolve to this machine.
    private static bool IsDeveloper(HttpContext context) =>
        context.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment()
        && context.Request.Headers.Authorization.Count == 0
        && context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && IsLoopback(context.Request.Host.Host)
        && context.RequestServices.GetRequiredService<IOptions<OtpOptions>>().Value.Proxies.Count == 0
        && !ProxyHeaders.Any(context.Request.Headers.ContainsKey);

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
