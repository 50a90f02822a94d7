using System.Collections.ObjectModel;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A cluster in the test's own process, configured by types.</summary>
#pragma warning disable MA0053 // Not sealed in Orleans either.
public class TestCluster : IAsyncDisposable
#pragma warning restore MA0053
{
    private readonly TestSilos _silos = new();

    internal TestCluster(TestClusterOptions options) => Options = options;

    public TestClusterOptions Options { get; }

    /// <summary>The silos that run.</summary>
    public ReadOnlyCollection<SiloHandle> Silos => new([.. _silos.Handles]);

    /// <summary>The way in; throws while no silo runs.</summary>
    public IClusterClient Client => _silos.Client;

    public IGrainFactory GrainFactory => Client;

    /// <summary>Starts the cluster's silos; when it completes they know each other.</summary>
    public Task DeployAsync() => _silos.DeployAsync(Options.InitialSilosCount, CreateHost);

    /// <summary>The services of a silo: of the first one if none is named.</summary>
    public IServiceProvider GetSiloServiceProvider(SiloAddress? silo = null) => _silos.Services(silo);

    /// <summary>Starts one more silo.</summary>
    /// <param name="startAdditionalSiloOnNewPort">Every silo here has a port of its own.</param>
    public async Task<SiloHandle> StartAdditionalSiloAsync(bool startAdditionalSiloOnNewPort = false) => await _silos.StartAsync(CreateHost);

    /// <summary>Stops a silo gracefully and starts it again.</summary>
    public async Task<SiloHandle> RestartSiloAsync(SiloHandle instance) => await _silos.RestartAsync(instance, CreateHost);

    /// <summary>Completes when all silos know which of them run.</summary>
    /// <param name="didKill">Whether some were killed; makes no difference here.</param>
    public Task WaitForLivenessToStabilizeAsync(bool didKill = false) => _silos.WaitForLivenessToStabilizeAsync();

    /// <summary>Stops a silo gracefully: its grains are deactivated.</summary>
    public Task StopSiloAsync(SiloHandle instance) => _silos.StopAsync(instance, gracefully: true);

    /// <summary>Stops a silo as a crash would: its grains are not deactivated.</summary>
    public Task KillSiloAsync(SiloHandle instance) => _silos.StopAsync(instance, gracefully: false);

    /// <summary>Stops every silo gracefully.</summary>
    public Task StopAllSilosAsync() => _silos.StopAllAsync();

    /// <summary>Stops what still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        await _silos.StopAllAsync();
        GC.SuppressFinalize(this);
    }

    private IHost CreateHost(short instanceNumber)
    {
        var builder = new HostBuilder().UseEnvironment(Environments.Development);
        foreach (var name in Options.SiloBuilderConfiguratorTypes)
        {
            var configurator = Activator.CreateInstance(Type.GetType(name, throwOnError: true)!);
            (configurator as IHostConfigurator)?.Configure(builder);
            if (configurator is ISiloConfigurator silo)
                builder.UseOrleans(silo.Configure);
        }

        builder.UseOrleans(silo => _silos.Identify(silo, instanceNumber, Options.ClusterId, Options.ServiceId));
        return builder.Build();
    }
}
