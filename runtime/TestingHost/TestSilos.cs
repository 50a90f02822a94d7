using System.Collections.ObjectModel;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.TestingHost;

/// <summary>The running silos of one test cluster: what both kinds of cluster are made of.</summary>
internal sealed class TestSilos
{
    private static readonly TimeSpan StabilizationTimeout = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<InProcessSiloHandle> _handles = [];
    private readonly InProcessMembership _membership = new();
    private readonly ClusterSecret _secret = new(RandomNumberGenerator.GetBytes(32));
    private readonly MemoryStore _store = new();
    private short _started;

    public ReadOnlyCollection<InProcessSiloHandle> Handles
    {
        get
        {
            lock (_gate)
                return new([.. _handles]);
        }
    }

    public IClusterClient Client
    {
        get
        {
            var services = Services(silo: null);
            lock (_gate)
                return field ??= new GrainFactory(new InProcessClient(this), services);
        }
    }

    /// <summary>A name that no other cluster has.</summary>
    public static string NewId(string prefix) => $"{prefix}-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";

    /// <summary>Gives a silo its name and its cluster's; the last word over what the test configured.</summary>
    /// <remarks>A cluster to which the test gave no other membership table has one within the process. Silos talk over loopback sockets.</remarks>
    public void Identify(ISiloBuilder silo, short instanceNumber, string clusterId, string serviceId)
    {
        silo.Configure<SiloOptions>(options => options.SiloName = Name(instanceNumber));
        silo.Configure<EndpointOptions>(options =>
        {
            options.AdvertisedIPAddress = IPAddress.Loopback;
            (options.SiloPort, options.GatewayPort) = (FreePort(), FreePort());
        });
        silo.Services.TryAddSingleton<IMembershipLeases>(_membership);
        if (silo.Configuration["Orleans:ClusterSecret"] is null)
            silo.Services.AddSingleton(_secret);
        SiloNetworking.Add(silo.Services, silo.Configuration);
        silo.Services.Replace(ServiceDescriptor.Singleton(_store));
        silo.Configure<ClusterOptions>(options =>
        {
            options.ClusterId = clusterId;
            options.ServiceId = serviceId;
        });
    }

    public static string Name(short instanceNumber) => $"Silo_{instanceNumber}";

    /// <summary>Starts the first silos of the cluster, and waits until they know each other.</summary>
    public async Task DeployAsync(short count, Func<short, IHost> createHost)
    {
        if (Handles.Count > 0)
            throw new InvalidOperationException("The test cluster is deployed already.");

        for (var i = 0; i < count; i++)
            await StartAsync(createHost);
        await WaitForLivenessToStabilizeAsync();
    }

    /// <summary>Starts one more silo.</summary>
    public Task<InProcessSiloHandle> StartAsync(Func<short, IHost> createHost) => StartAsync(_started++, createHost);

    /// <summary>Stops a silo and starts another run of it.</summary>
    public async Task<InProcessSiloHandle> RestartAsync(SiloHandle handle, Func<short, IHost> createHost)
    {
        await StopAsync(handle, gracefully: true);
        return await StartAsync(handle.InstanceNumber, createHost);
    }

    /// <summary>Completes when every silo that runs has the view of all of them.</summary>
    public async Task WaitForLivenessToStabilizeAsync()
    {
        var handles = Handles;
        foreach (var handle in handles)
        {
            var views = handle.ServiceProvider.GetRequiredService<IClusterViews>();
            while (views.Current is var view
                && (!view.Members.Select(static member => member.Silo).ToHashSet().SetEquals(handles.Select(static handle => handle.SiloAddress))
                    || view.Members.Any(static member => member.State != MemberState.Active)))
            {
                await views.RefreshAsync();
                if (views.Current == view)
                    await views.NewerThanAsync(view.Version, CancellationToken.None).WaitAsync(StabilizationTimeout, TimeProvider.System);
            }
        }
    }

    private async Task<InProcessSiloHandle> StartAsync(short instanceNumber, Func<short, IHost> createHost)
    {
        var host = createHost(instanceNumber);
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
            Name = Name(instanceNumber),
            InstanceNumber = instanceNumber,
            SiloHost = host,
            SiloAddress = host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress,
        };
        lock (_gate)
            _handles.Add(handle);
        return handle;
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
            _membership.Remove(handle.SiloAddress);
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

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, port: 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
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
