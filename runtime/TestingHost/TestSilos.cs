using System.Collections.ObjectModel;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>The running silos of one test cluster: what both kinds of cluster are made of.</summary>
internal sealed class TestSilos
{
    private readonly Lock _gate = new();
    private readonly List<InProcessSiloHandle> _handles = [];

    public ReadOnlyCollection<InProcessSiloHandle> Handles
    {
        get
        {
            lock (_gate)
                return new([.. _handles]);
        }
    }

    public IClusterClient Client => Services(null).GetRequiredService<IClusterClient>();

    /// <summary>A name that no other cluster has.</summary>
    public static string NewId(string prefix) => $"{prefix}-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";

    /// <summary>Gives a silo its name and its cluster's; the last word over what the test configured.</summary>
    public static void Identify(ISiloBuilder silo, string siloName, string clusterId, string serviceId)
    {
        silo.Configure<SiloOptions>(options => options.SiloName = siloName);
        silo.Configure<ClusterOptions>(options =>
        {
            options.ClusterId = clusterId;
            options.ServiceId = serviceId;
        });
    }

    public async Task StartAsync(short count, Func<string, IHost> createHost)
    {
        if (Handles.Count > 0)
            throw new InvalidOperationException("The test cluster is deployed already.");
        if (count != 1)
            throw new NotSupportedException($"A test cluster of {count} silos was asked for; this engine runs one silo a cluster.");

        var host = createHost("Silo_0");
        try
        {
            await host.StartAsync();
        }
        catch
        {
            host.Dispose();
            throw;
        }

        var handle = new InProcessSiloHandle
        {
            Name = "Silo_0",
            SiloHost = host,
            SiloAddress = host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress,
        };
        lock (_gate)
            _handles.Add(handle);
    }

    public IServiceProvider Services(SiloAddress? silo)
    {
        var handle = Handles.FirstOrDefault(h => silo is null || h.SiloAddress.Equals(silo));
        return handle?.ServiceProvider ?? throw (silo is null
            ? new InvalidOperationException("No silo of the test cluster is running.")
            : new ArgumentException($"No running silo has the address {silo}.", nameof(silo)));
    }

    public async Task StopAsync(SiloHandle handle, bool gracefully)
    {
        lock (_gate)
            _handles.RemoveAll(h => ReferenceEquals(h, handle));
        try
        {
            await handle.StopSiloAsync(gracefully);
        }
        finally
        {
            await handle.DisposeAsync();
        }
    }

    public async Task StopAllAsync()
    {
        foreach (var handle in Handles)
            await StopAsync(handle, gracefully: true);
    }

    public Task WaitForDeactivationAsync(GrainId grainId) =>
        Task.WhenAll(Activations(grainId).Select(activation => activation.Deactivated));

    public Task DeactivateAsync(GrainId grainId)
    {
        var activations = Activations(grainId);
        foreach (var activation in activations)
            activation.Deactivate(new(DeactivationReasonCode.ApplicationRequested, "Asked for by the test."));
        return Task.WhenAll(activations.Select(activation => activation.Deactivated));
    }

    private List<IGrainContext> Activations(GrainId grainId)
    {
        var found = new List<IGrainContext>();
        foreach (var handle in Handles)
        {
            handle.ServiceProvider.GetRequiredService<Catalog>().ForEach(activation =>
            {
                if (activation.GrainId == grainId)
                    found.Add(activation);
            });
        }

        return found;
    }
}
