using Otp.Hosting;
using Otp.Hosting.Telemetry;
using Otp.Programs;
using Otp.Statistics;

namespace Otp.Silo;

/// <summary>Composes a silo's process: the silo and its health endpoints.</summary>
public static class SiloHost
{
    /// <summary>Builds the process and checks its configuration.</summary>
    /// <param name="args">Command line, read as configuration.</param>
    /// <exception cref="ConfigurationException">The configuration has faults.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = ServiceHost.CreateBuilder(args, "http://localhost:5180");
        if (builder.Configuration.IsEmbedded())
        {
            throw new ConfigurationException(
                ["ConnectionStrings:redis is missing: a silo process needs the Redis of its cluster (host:port[,password=…])."]);
        }

        builder.AddTelemetry("orleans-otp-silo");
        builder.AddOtpSilo();
        builder.Services.AddStatistics(ProcessRole.Silo).AddHealth();

        // Nobody balances over silos by HTTP: the others learn from the membership that it leaves.
        builder.Services.PostConfigure<OtpOptions>(static otp => otp.DrainTime = TimeSpan.Zero);
        var app = builder.Build();
        ConfigurationCheck.Run(app.Services);
        app.MapHealth();
        return app;
    }
}
