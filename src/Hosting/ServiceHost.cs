using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Otp.Programs;
using Otp.Settings;

namespace Otp.Hosting;

/// <summary>What the processes of gateways and silos have in common.</summary>
public static class ServiceHost
{
    private static readonly string[] AddressSettings = ["urls", "http_ports", "https_ports", "Kestrel:Endpoints"];

    /// <summary>A builder that reads settings beside the binaries, bounds the start and the shutdown, and logs no failed start: the process reports that itself.</summary>
    /// <param name="args">Command line, read as configuration.</param>
    /// <param name="defaultUrl">Where it listens for HTTP, unless the framework's own settings say otherwise.</param>
    public static WebApplicationBuilder CreateBuilder(string[] args, string defaultUrl)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddSecretFiles();

        // Read before the options are checked, which then tell a fault in it.
        _ = TimeSpan.TryParse(builder.Configuration[$"{OtpOptions.Section}:{nameof(OtpOptions.DrainTime)}"], CultureInfo.InvariantCulture, out var drain);
        builder.Services.Configure<HostOptions>(options =>
            (options.StartupTimeout, options.ShutdownTimeout) = (ServiceProcess.StartTimeout, ServiceProcess.StopTimeout + drain));
        builder.Services.AddOptions<OtpOptions>().Check<OtpOptions, IHostEnvironment>(CheckExposedCodes);
        builder.WebHost.UseKestrelHttpsConfiguration();
        if (!Array.Exists(AddressSettings, setting => builder.Configuration.GetSection(setting).Exists()))
        {
            builder.WebHost.UseUrls(defaultUrl);
        }

        builder.AddLogFormat();
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);

        // StartFault reports once why a silo cannot start. Orleans logs three stack traces.
        builder.Logging.AddFilter("Orleans.Runtime.Silo", static level => level is LogLevel.Warning or LogLevel.Critical);
        if (!builder.Configuration.IsEmbedded())
        {
            builder.Configuration.ExpandRedis();
        }

        return builder;
    }

    // Gateways and silos alike, because a gateway passes on what a silo answers.
    private static void CheckExposedCodes(OtpOptions options, IHostEnvironment environment, FaultList faults)
    {
        var isProduction = string.Equals(options.AllowExposedCodes, Environments.Production, StringComparison.OrdinalIgnoreCase);
        faults.AddIf(isProduction, "Otp:AllowExposedCodes: codes are never exposed in the Production environment.");
        faults.AddIf(
            !isProduction && options.ExposeCodes && !options.MayExposeCodes(environment),
            $"Otp:ExposeCodes: the environment is {environment.EnvironmentName}. Codes are exposed in Development, and in the one that Otp:AllowExposedCodes names.");
    }
}
