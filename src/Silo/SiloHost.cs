using Otp.Hosting;
using Otp.Hosting.Telemetry;
using Otp.Statistics;

namespace Otp.Silo;

/// <summary>Puts a silo's process together: the silo and its health endpoints.</summary>
public static class SiloHost
{
    /// <summary>Builds the process and checks its configuration.</summary>
    /// <param name="args">Command line, read as configuration.</param>
    /// <exception cref="ConfigurationException">The configuration is at fault.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = ServiceHost.CreateBuilder(args, "http://localhost:5180");
        if (builder.Configuration.IsEmbedded())
        {
            throw new ConfigurationException(
                ["ConnectionStrings:redis is missing: a silo of its own needs the Redis that its cluster meets on (host:port[,password=…])."]);
        }

        builder.AddTelemetry("orleans-otp-silo");
        builder.AddOtpSilo();
        builder.Services.AddStatistics(ProcessRole.Silo).AddHealth();
        var app = builder.Build();
        ConfigurationCheck.Run(app.Services);
        app.MapHealth();
        return app;
    }
}
