using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>Calls of grains that may have several activations.</summary>
internal sealed class StatelessWorkers(Catalog catalog) : IGrainCalls
{
    private readonly ConcurrentDictionary<GrainId, WorkerPool> _pools = new();

    public Task Call(GrainId target, GrainRequest request)
    {
        Task? answer;
        try
        {
            var pool = _pools.GetOrAdd(target, static (id, catalog) => new WorkerPool(catalog.ClassOf(id.Type)), catalog);
            while (!catalog.Refuses(request, out answer) && !pool.TryCall(target, request, out answer))
            {
            }
        }
        catch (Exception exception)
        {
            answer = request.Fault(exception);
        }

        return answer;
    }

    internal void ForEach(Action<Activation> action)
    {
        foreach (var (_, pool) in _pools)
        {
            Array.ForEach(pool.Workers, action);
        }
    }
}
