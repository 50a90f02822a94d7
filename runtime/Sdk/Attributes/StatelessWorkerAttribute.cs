using Orleans.Placement;

namespace Orleans.Concurrency;

/// <summary>Lets one grain id have several activations, which share its calls; such a grain keeps no state of its own.</summary>
/// <param name="maxLocalWorkers">The most activations of one id in one silo.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute(int maxLocalWorkers) : PlacementAttribute
{
    public StatelessWorkerAttribute()
        : this(-1)
    {
    }

    internal int MaxLocalWorkers { get; } = maxLocalWorkers > 0 ? maxLocalWorkers : Environment.ProcessorCount;
}
