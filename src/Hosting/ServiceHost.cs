using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Otp.Hosting;

/// <summary>What gateways' and silos' processes have in common before anything of their own is added.</summary>
public static class ServiceHost
{
    /// <summary>A builder that reads settings beside the binaries, starts and stops in bounded time, and leaves it to the process to say why it cannot start.</summary>
    /// <param name="args">Command line, read as configuration.</param>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Services.Configure<HostOptions>(options =>
            (options.StartupTimeout, options.ShutdownTimeout) = (ServiceProcess.StartTimeout, ServiceProcess.StopTimeout));
        builder.AddLogFormat();
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        if (!builder.Configuration.IsEmbedded())
        {
            builder.Configuration.ExpandRedis();
        }

        return builder;
    }
}
