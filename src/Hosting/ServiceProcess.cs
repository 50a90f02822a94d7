using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Otp.Hosting.Cluster;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Hosting;

/// <summary>Runs a process of the service until it exits.</summary>
public static class ServiceProcess
{
    /// <summary>How long a start may take. A silo that joins waits for each unreachable silo that the membership table still lists.</summary>
    public static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    /// <summary>How long a shutdown may take: finishing the requests in flight and handing over the grains.</summary>
    public static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Builds the application and runs it until it shuts down.</summary>
    /// <param name="errors">Receives one message if it cannot start.</param>
    /// <returns>0, or 1 if it could not start.</returns>
    public static async Task<int> RunAsync(Func<WebApplication> build, TextWriter errors)
    {
        WebApplication? app = null;
        try
        {
            app = build();
            NumberingPlan.WarmUp();
            if (app.Services.GetRequiredService<IOptions<OtpOptions>>().Value.WarmUp)
            {
                foreach (var warmUp in app.Services.GetServices<ProcessWarmUp>())
                {
                    await warmUp.RunAsync();
                }
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

    // The silo may run already, if only a later part could not start. It then leaves the cluster in order. The cause is reported already, so
    // further faults are ignored.
    private static async Task LeaveAsync(WebApplication app)
    {
        await Task.WhenAny(app.StopAsync());
        await app.DisposeAsync();
    }
}

/// <summary>Work that a process does before it starts, so that its first callers do not wait for the just-in-time compiler.</summary>
/// <param name="RunAsync">Does the work. No part of the process has started, and nothing listens to its metrics.</param>
public sealed record ProcessWarmUp(Func<Task> RunAsync);
