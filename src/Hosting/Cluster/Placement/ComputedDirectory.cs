using System.Diagnostics.CodeAnalysis;
using Orleans.GrainDirectory;
using Orleans.Runtime.GrainDirectory;

namespace Otp.Hosting.Cluster.Placement;

/// <summary>A directory that computes its entries and stores none.</summary>
internal sealed class ComputedDirectory(ActiveSilos silos) : IGrainDirectory
{
    public Task<GrainAddress?> Lookup(GrainId grainId) => Task.FromResult(silos.AddressOf(grainId));

    public Task<GrainAddress?> Register(GrainAddress address) => Task.FromResult<GrainAddress?>(address);

    public Task<GrainAddress?> Register(GrainAddress address, GrainAddress? previousAddress) => Register(address);

    public Task Unregister(GrainAddress address) => Task.CompletedTask;

    public Task UnregisterSilos(List<SiloAddress> siloAddresses) => Task.CompletedTask;
}

/// <summary>A cache that always hits, so that a message is addressed on the caller's thread. Orleans uses it for our grains alone.</summary>
internal sealed class ComputedDirectoryCache(ActiveSilos silos) : IGrainDirectoryCache
{
    public IEnumerable<(GrainAddress ActivationAddress, int Version)> KeyValues => [];

    public bool LookUp(GrainId key, [NotNullWhen(true)] out GrainAddress? result, out int version)
    {
        version = 0;
        return (result = silos.AddressOf(key)) is not null;
    }

    public void AddOrUpdate(GrainAddress value, int version)
    {
        // Computed, not stored.
    }

    public bool Remove(GrainId key) => false;

    public bool Remove(GrainAddress key) => false;

    public void Clear()
    {
        // Computed, not stored.
    }
}
