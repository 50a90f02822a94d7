using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>Calls of grains that may have several activations.</summary>
internal sealed class StatelessWorkers(Catalog catalog) : IGrainCalls
{
    private readonly ConcurrentDictionary<GrainId, WorkerPool> _pools = new();

    public Task Call(GrainId target, GrainRequest request)
    {
        if (catalog.Refuses(request, out var answer))
        {
            return answer;
        }

        try
        {
            return _pools.GetOrAdd(target, static (id, catalog) => new WorkerPool(catalog.ClassOf(id.Type)), catalog).Call(target, request);
        }
        catch (Exception exception)
        {
            return request.Fault(exception);
        }
    }

    internal void ForEach(Action<Activation> action)
    {
        foreach (var (_, pool) in _pools)
        {
            Array.ForEach(pool.Workers, action);
        }
    }
}
