using System.Collections.ObjectModel;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A cluster in the test's own process; apart from every other, with storage of its own.</summary>
public sealed class InProcessTestCluster : IAsyncDisposable
{
    private readonly TestSilos _silos = new();

    internal InProcessTestCluster(InProcessTestClusterOptions options) => Options = options;

    public InProcessTestClusterOptions Options { get; }

    /// <summary>The silos that run.</summary>
    public ReadOnlyCollection<InProcessSiloHandle> Silos => _silos.Handles;

    /// <summary>The way in; throws while no silo runs.</summary>
    public IClusterClient Client => _silos.Client;

    /// <summary>Starts the cluster's silos; when it completes they know each other.</summary>
    public Task DeployAsync() => _silos.DeployAsync(Options.InitialSilosCount, CreateHost);

    /// <summary>The services of a silo: of the first one if none is named.</summary>
    public IServiceProvider GetSiloServiceProvider(SiloAddress? silo = null) => _silos.Services(silo);

    /// <summary>Starts one more silo.</summary>
    public Task<InProcessSiloHandle> StartAdditionalSiloAsync() => _silos.StartAsync(CreateHost);

    /// <summary>Stops a silo gracefully and starts it again.</summary>
    public Task<InProcessSiloHandle> RestartSiloAsync(InProcessSiloHandle instance) => _silos.RestartAsync(instance, CreateHost);

    /// <summary>Completes when all silos know which of them run.</summary>
    /// <param name="didKill">Whether some were killed; makes no difference here.</param>
    public Task WaitForLivenessToStabilizeAsync(bool didKill = false) => _silos.WaitForLivenessToStabilizeAsync();

    /// <summary>Stops a silo gracefully: its grains are deactivated.</summary>
    public Task StopSiloAsync(InProcessSiloHandle instance) => _silos.StopAsync(instance, gracefully: true);

    /// <summary>Stops a silo as a crash would: its grains are not deactivated.</summary>
    public Task KillSiloAsync(InProcessSiloHandle instance) => _silos.StopAsync(instance, gracefully: false);

    /// <summary>Stops every silo gracefully.</summary>
    public Task StopAllSilosAsync() => _silos.StopAllAsync();

    /// <summary>Deactivates a grain and completes when its activation is gone; at once if it has none.</summary>
    public Task DeactivateAsync(IAddressable grain) => _silos.DeactivateAsync(grain.GetGrainId());

    /// <inheritdoc cref="DeactivateAsync(IAddressable)"/>
    public Task DeactivateAsync(GrainId grainId) => _silos.DeactivateAsync(grainId);

    /// <summary>Completes when the grain's present activation is gone; at once if it has none.</summary>
    public Task WaitForDeactivationAsync(IAddressable grain) => _silos.WaitForDeactivationAsync(grain.GetGrainId());

    /// <inheritdoc cref="WaitForDeactivationAsync(IAddressable)"/>
    public Task WaitForDeactivationAsync(GrainId grainId) => _silos.WaitForDeactivationAsync(grainId);

    /// <summary>Stops what still runs.</summary>
    public ValueTask DisposeAsync() => new(_silos.StopAllAsync());

    private IHost CreateHost(short instanceNumber)
    {
        var siloName = TestSilos.Name(instanceNumber);
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            ApplicationName = siloName,
            EnvironmentName = Environments.Development,
            DisableDefaults = true,
        });
        var options = new InProcessTestSiloSpecificOptions { SiloName = siloName };
        foreach (var configure in Options.SiloHostConfigurationDelegates)
            configure(options, builder);
        builder.UseOrleans(silo => _silos.Identify(silo, instanceNumber, Options.ClusterId, Options.ServiceId));
        return builder.Build();
    }
}
