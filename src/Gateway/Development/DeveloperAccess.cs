using System.Net;
using Microsoft.Extensions.Options;

namespace Otp.Gateway.Development;

/// <summary>Who may see what is for developers: in Development, anybody on this machine.</summary>
internal static class DeveloperAccess
{
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Real-IP"];

    // The host is checked because the page of another site may have its name resolve to this machine.
    public static bool IsAllowed(HttpContext context) =>
        context.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment()
        && context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && IsLoopback(context.Request.Host.Host)
        && context.RequestServices.GetRequiredService<IOptions<OtpOptions>>().Value.Proxies.Count == 0
        && !ProxyHeaders.Any(context.Request.Headers.ContainsKey);

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
