using System.Collections.Frozen;
using Otp.Settings;

namespace Otp.Gateway.Http;

/// <summary>
/// Takes what is for operators (administration, figures, pages, the document) off the public addresses if <c>Otp:Management:Urls</c> names
/// others for it. The management addresses serve the APIs too, because the pages log in and try calls; both serve health, because a balancer
/// must ask the address that it sends to.
/// </summary>
internal static class ManagementListener
{
    private const string Setting = "Otp:Management:Urls";
    private const string Endpoints = "Kestrel:Endpoints";

    /// <summary>All that public addresses serve: what is not listed stays with the operators.</summary>
    private static readonly PathString[] PublicPaths = ["/v2", "/lbms-ingress", "/receipts", "/health"];

    /// <summary>Listens on the management addresses, beside those that the framework's own settings name.</summary>
    public static void AddManagementListener(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var urls = Split(configuration[Setting]);
        if (urls.Length == 0)
        {
            return;
        }

        var published = PublicUrls(configuration);
        var ports = urls.Select(PortOf).ToFrozenSet();
        builder.Services.AddSingleton(new ManagementPorts(ports));
        builder.Services.AddOptions<OtpOptions>().Check((_, faults) =>
        {
            if (ports.Contains(0))
            {
                faults.Add($"{Setting}: an address is http://host:port or https://host:port, with a port of its own.");
            }
            else if (published.Select(PortOf).Any(ports.Contains))
            {
                faults.Add($"{Setting}: its ports must be others than those of the public addresses.");
            }
        });

        // The framework ignores Urls where endpoints are configured.
        if (configuration.GetSection(Endpoints).Exists())
        {
            configuration.AddInMemoryCollection(urls.Select((url, i) => KeyValuePair.Create($"{Endpoints}:Management{i}:Url", (string?)url)));
        }
        else
        {
            builder.WebHost.UseUrls([.. published, .. urls]);
        }
    }

    /// <summary>Answers 404 on the public addresses to whatever is not public.</summary>
    public static void UseManagementListener(this WebApplication app)
    {
        if (app.Services.GetService<ManagementPorts>() is { } management)
        {
            app.Use((context, next) => management.Ports.Contains(context.Connection.LocalPort) || IsPublic(context.Request.Path)
                ? next(context)
                : JsonAnswer.WriteNothingAsync(context, StatusCodes.Status404NotFound));
        }
    }

    private static bool IsPublic(PathString path) => Array.Exists(PublicPaths, root => path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase));

    // As the framework reads them: endpoints, else Urls, else ports.
    private static string[] PublicUrls(ConfigurationManager configuration)
    {
        var endpoints = configuration.GetSection(Endpoints).GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>().ToArray();
        if (endpoints.Length > 0)
        {
            return endpoints;
        }

        return Split(configuration["urls"]) is { Length: > 0 } urls
            ? urls
            : [.. Split(configuration["http_ports"]).Select(port => $"http://*:{port}"), .. Split(configuration["https_ports"]).Select(port => $"https://*:{port}")];
    }

    private static string[] Split(string? list) => list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static int PortOf(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { IsUnixPipe: false, IsNamedPipe: false, PathBase: "" } address ? address.Port : 0;
        }
        catch (FormatException)
        {
            return 0;
        }
    }
}

/// <summary>The ports of the management addresses.</summary>
internal sealed record ManagementPorts(FrozenSet<int> Ports);
