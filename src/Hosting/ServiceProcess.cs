using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Otp.Hosting.Cluster;
using Otp.Targets;

namespace Otp.Hosting;

/// <summary>Runs a process of the service from its start to its exit code.</summary>
public static class ServiceProcess
{
    /// <summary>How long it may take to start: a silo that joins waits for each that the membership table still lists and nobody can reach.</summary>
    public static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    /// <summary>How long it may take to finish what it has begun, and to hand over its grains, once it is told to stop.</summary>
    public static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Builds the application and runs it until it is told to stop.</summary>
    /// <param name="build">Puts it together.</param>
    /// <param name="errors">Gets one message if it cannot start.</param>
    /// <returns>0, or 1 if it could not start.</returns>
    public static async Task<int> RunAsync(Func<WebApplication> build, TextWriter errors)
    {
        WebApplication? app = null;
        try
        {
            app = build();
            NumberingPlan.WarmUp();
            if (app.Services.GetService<ProcessWarmUp>() is { } warmUp)
            {
                await warmUp.RunAsync();
            }

            await app.StartAsync();
        }
        catch (Exception exception)
        {
            await errors.WriteLineAsync(StartFault.Describe(
                exception,
                app?.Services.GetService<HandshakeGuard>()?.Stranger,
                app?.Services.GetService<IOptions<EndpointOptions>>()?.Value));
            if (app is not null)
            {
                await LeaveAsync(app);
            }

            return 1;
        }

        await app.WaitForShutdownAsync();
        await app.DisposeAsync();
        return 0;
    }

    // A silo that runs already, because only what comes after it could not start, leaves the cluster in order. Why the process cannot start
    // has been said; what else goes wrong says nothing new.
    private static async Task LeaveAsync(WebApplication app)
    {
        await Task.WhenAny(app.StopAsync());
        await app.DisposeAsync();
    }
}
