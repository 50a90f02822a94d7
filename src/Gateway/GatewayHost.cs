using System.Text;
using Otp.Gateway.Admin;
using Otp.Gateway.Development;
using Otp.Gateway.Loyalife;
using Otp.Gateway.LoyaltyDog;
using Otp.Gateway.OpenApi;
using Otp.Gateway.Operations;
using Otp.Gateway.Pages;
using Otp.Gateway.Receipts;
using Otp.Gateway.Verify;
using Otp.Hosting;
using Otp.Hosting.Cluster;
using Otp.Hosting.Cluster.Membership;
using Otp.Hosting.Telemetry;
using Otp.Silo;
using Otp.Statistics;

namespace Otp.Gateway;

/// <summary>Puts the gateway together.</summary>
public static class GatewayHost
{
    /// <summary>Builds the gateway and checks its configuration.</summary>
    /// <param name="args">Command line, read as configuration.</param>
    /// <param name="configure">Changes to the composition, after the gateway's own.</param>
    /// <exception cref="ConfigurationException">The configuration is at fault.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = ServiceHost.CreateBuilder(args, "http://localhost:5080");
        builder.AddManagementListener();
        builder.AddTelemetry("orleans-otp-gateway");
        if (!builder.Configuration.IsEmbedded())
        {
            builder.Services.AddSingleton(new ProcessWarmUp(WarmUp.RunAsync));
        }

        return Compose(builder, configure);
    }

    /// <summary>Puts a gateway together on a host that is prepared.</summary>
    internal static WebApplication Compose(WebApplicationBuilder builder, Action<WebApplicationBuilder>? configure = null)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
            kestrel.Limits.MaxRequestBodySize = JsonBody.MaxSize;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.MaxConcurrentConnections = MaxConnections(builder.Configuration);
        });

        // The host's log scope holds each request's path, as do the lines of routing, and the path of a member its RelationReference.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Routing.Matching", LogLevel.Information);
        if (builder.Configuration.HostsSilo())
        {
            builder.AddOtpSilo();
        }
        else if (builder.Configuration.IsMember())
        {
            builder.AddOtpSilo(hostsGrains: false);
        }
        else
        {
            builder.AddClient();
        }

        builder.Services
            .AddSingleton<SiloLoss>()
            .AddRequestPipeline()
            .AddBearerAuthentication()
            .AddLoyaltyDog()
            .AddLoyalife()
            .AddVerify()
            .AddAdmin()
            .AddOpenApiDocument()
            .AddPages()
            .AddOperations()
            .AddDevInbox()
            .AddStatistics(builder.Configuration.HostsSilo() ? ProcessRole.Combined : ProcessRole.Gateway)
            .AddAudit()
            .AddHealth();
        configure?.Invoke(builder);

        var app = builder.Build();
        ConfigurationCheck.Run(app.Services);
        app.UseRequestPipeline();
        var routes = app.AnsweringHead();
        routes.MapLoyaltyDog();
        routes.MapLoyalife();
        routes.MapVerify();
        routes.MapReceipts();
        routes.MapAdmin();
        routes.MapDocumentedHealth();
        routes.MapOpenApiDocument();
        routes.MapDocs(app.Environment);
        routes.MapAssets();
        routes.MapOperations();
        if (app.Environment.IsDevelopment())
        {
            routes.MapDevInbox();
        }

        return app;
    }

    // Read as it is: the server is set up before the settings are checked, and a fault in them is told with all others.
    private static int MaxConnections(ConfigurationManager configuration)
    {
        var text = configuration[$"{OtpOptions.Section}:{nameof(OtpOptions.MaxConnections)}"];
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0 ? most : new OtpOptions().MaxConnections;
    }

    private static void AddClient(this WebApplicationBuilder builder)
    {
        builder.Services.AddOtp(builder.Configuration.GetSection(OtpOptions.Section), embedded: false);
        builder.UseOrleansClient(client =>
        {
            client.UseRedisCluster().UseClusterTls();
            if (builder.Configuration.ExportsTraces())
            {
                client.AddActivityPropagation();
            }
        });
    }
}
