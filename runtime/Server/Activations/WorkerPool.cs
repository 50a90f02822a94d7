namespace Orleans.Runtime;

/// <summary>The activations of one stateless worker: a call goes to an idle one, else to a new one, else waits for one in turn.</summary>
internal sealed class WorkerPool(GrainClass grainClass) : IActivationHome
{
    private readonly Lock _changing = new();
    private volatile Activation[] _workers = [];
    private int _turn;

    internal Activation[] Workers => _workers;

    internal Task Call(GrainId id, GrainRequest request)
    {
        foreach (var worker in _workers)
        {
            if (worker.TryReserve())
            {
                return worker.RunHere(request);
            }
        }

        while (true)
        {
            if (Choose(id).TryCall(request, out var answer))
            {
                return answer;
            }
        }
    }

    public void Enqueue(GrainId id, PendingCall call)
    {
        if (grainClass.Catalog.IsStopped)
        {
            call.Reject(Catalog.Unavailable());
            return;
        }

        while (!Choose(id).TryEnqueue(call))
        {
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
        lock (_changing)
        {
            var workers = _workers;
            if (workers.Length < grainClass.MaxWorkers)
            {
                var worker = new Activation(grainClass, id.Key, this);
                _workers = [.. workers, worker];
                grainClass.Catalog.EndIfStopping(worker);
                return worker;
            }

            return workers[(_turn++ & int.MaxValue) % workers.Length];
        }
    }
}
