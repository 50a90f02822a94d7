using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Otp.OrleansAssumptions.Scripted;

namespace Otp.OrleansAssumptions;

/// <summary>A silo for one test, with the grains of this assembly on it and a manual clock for them; its own work is on the wall clock.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private TestSilo(InProcessTestCluster cluster) => _cluster = cluster;

    public IGrainFactory Grains => _cluster.Client;

    public static async Task<TestSilo> StartAsync(Script script, ManualTimeProvider time)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(script);
            silo.Services.AddSingleton<TimeProvider>(time);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new(cluster);
    }

    /// <summary>Has one grain do a step.</summary>
    public Task DoAsync(string step, string grain = "one") => Grains.GetGrain<IScriptedGrain>(grain).Do(step).InTime();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
