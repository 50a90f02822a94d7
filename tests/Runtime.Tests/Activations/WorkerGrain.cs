using Orleans.Concurrency;

namespace Orleans.Otp.Conformance.Activations;

[StatelessWorker(Limit)]
public sealed class WorkerGrain(WorkerScript script) : Grain, IWorkerGrain
{
    public const int Limit = 2;

    public Task Do(string step) => script.Work(step);
}
