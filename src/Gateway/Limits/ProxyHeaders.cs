using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Otp.Gateway.Limits;

/// <summary>Whose word is taken on where a caller is: that of the proxies in <c>Otp:Proxies</c>, and of nobody else.</summary>
internal static class ProxyHeaders
{
    public static IServiceCollection AddProxyHeaders(this IServiceCollection services)
    {
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<OtpOptions>>((headers, otp) => Configure(headers, otp.Value.Proxies));
        return services;
    }

    /// <summary>Takes over <c>X-Forwarded-For</c>, before anything looks at the address.</summary>
    public static void UseProxyHeaders(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<OtpOptions>>().Value.Proxies.Count > 0)
        {
            app.UseForwardedHeaders();
        }
    }

    // Of a chain of proxies each must be known; the first that is not is the caller.
    private static void Configure(ForwardedHeadersOptions headers, List<string> proxies)
    {
        // The framework's own switch (ASPNETCORE_FORWARDEDHEADERS_ENABLED) would believe everybody.
        headers.ForwardedHeaders = proxies.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor;
        headers.ForwardLimit = null;
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            if (IPAddress.TryParse(proxy, out var address))
            {
                headers.KnownProxies.Add(address);
            }
            else
            {
                headers.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
            }
        }
    }
}
