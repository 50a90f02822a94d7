using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Hosting;

/// <summary>Adds things to do while the silo starts.</summary>
public static class SiloBuilderStartupExtensions
{
    /// <summary>Adds a task that the silo's start waits for, and fails with.</summary>
    /// <remarks>
    /// Before <see cref="ServiceLifecycleStage.Active"/> the grains it calls live here, whoever owns them; they are to have keys that no other
    /// process uses.
    /// </remarks>
    public static ISiloBuilder AddStartupTask(
        this ISiloBuilder builder, Func<IServiceProvider, CancellationToken, Task> startupTask, int stage = ServiceLifecycleStage.Active)
    {
        builder.Services.AddSingleton(new StartupTask(stage, startupTask));
        return builder;
    }
}
