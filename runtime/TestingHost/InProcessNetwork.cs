using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>The silos of one test cluster that can be reached.</summary>
internal sealed class InProcessNetwork
{
    private readonly ConcurrentDictionary<SiloAddress, Catalog> _silos = new();

    internal void Add(SiloAddress silo, Catalog catalog) => _silos[silo] = catalog;

    internal void Remove(Catalog catalog)
    {
        foreach (var (silo, other) in _silos)
        {
            if (other == catalog)
                _silos.TryRemove(silo, out _);
        }
    }

    internal Catalog? Find(SiloAddress silo) => _silos.GetValueOrDefault(silo);
}
