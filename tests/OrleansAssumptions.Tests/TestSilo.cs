using Microsoft.Extensions.DependencyInjection;
using Otp.Conformance.Scripted;
using Orleans.TestingHost;

namespace Otp.Conformance;

/// <summary>A cluster for one test, of one silo unless more are asked for, with the grains of this assembly on it.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    /// <summary>The name of the memory storage that every test silo has.</summary>
    public const string Storage = "memory";

    private readonly InProcessTestCluster _cluster;

    private TestSilo(InProcessTestCluster cluster) => _cluster = cluster;

    public InProcessTestCluster Cluster => _cluster;

    public IServiceProvider Services => _cluster.GetSiloServiceProvider();

    /// <summary>Starts a silo with memory storage.</summary>
    /// <param name="script">What the scripted grains do.</param>
    /// <param name="configure">Further settings of the silo.</param>
    /// <param name="time">The grains' clock; Orleans' own work stays on the wall clock.</param>
    /// <param name="silos">How many silos the cluster has.</param>
    public static async Task<TestSilo> StartAsync(
        Script? script = null, Action<ISiloBuilder>? configure = null, ManualTimeProvider? time = null, short silos = 1)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorage(Storage);
            silo.Services.AddSingleton(script ?? new Script());
            if (time is not null)
            {
                silo.Services.AddSingleton<TimeProvider>(time);
                silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            }

            configure?.Invoke(silo);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new(cluster);
    }

    public IScriptedGrain Grain(string key) => _cluster.Client.GetGrain<IScriptedGrain>(key);

    public TGrain Grain<TGrain>(string key)
        where TGrain : IGrainWithStringKey => _cluster.Client.GetGrain<TGrain>(key);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
