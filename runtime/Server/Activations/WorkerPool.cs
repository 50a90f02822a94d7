using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>The activations of one stateless worker: a call goes to an idle one, else to a new one, else waits for one in turn.</summary>
internal sealed class WorkerPool(GrainClass grainClass) : IActivationHome
{
    private readonly Lock _changing = new();
    private volatile Activation[] _workers = [];
    private int _turn;

    internal Activation[] Workers => _workers;

    /// <summary>Takes a call.</summary>
    /// <returns>False if the chosen activation went meanwhile, so that one is to be chosen again.</returns>
    internal bool TryCall(GrainId id, GrainRequest request, [NotNullWhen(true)] out Task? answer)
    {
        foreach (var worker in _workers)
        {
            if (worker.TryReserve())
            {
                answer = worker.RunHere(request);
                return true;
            }
        }

        return Choose(id).TryCall(request, out answer);
    }

    public void Enqueue(GrainId id, PendingCall call)
    {
        while (!Choose(id).TryEnqueue(call))
        {
            if (grainClass.Catalog.IsStopped)
            {
                call.Reject(Catalog.Unavailable());
                return;
            }
        }
    }

    public void Replace(Activation old, Activation? next)
    {
        lock (_changing)
        {
            _workers = [.. _workers.Where(worker => worker != old), .. next is null ? [] : new[] { next }];
        }
    }

    private Activation Choose(GrainId id)
    {
        Activation worker;
        lock (_changing)
        {
            var workers = _workers;
            if (workers.Length >= grainClass.MaxWorkers)
            {
                return workers[(_turn++ & int.MaxValue) % workers.Length];
            }

            worker = new Activation(grainClass, id.Key, this);
            _workers = [.. workers, worker];
        }

        grainClass.Catalog.EndIfUnwanted(worker);
        return worker;
    }
}
