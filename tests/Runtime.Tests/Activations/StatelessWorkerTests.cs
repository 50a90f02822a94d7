using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Otp.Conformance.Activations;

/// <summary>Stateless workers: several activations of one grain, up to a limit.</summary>
public sealed class StatelessWorkerTests
{
    private readonly WorkerScript _script = new();

    [Fact]
    public async Task Workers_run_beside_each_other_up_to_their_limit()
    {
        var gates = Enumerable.Range(0, WorkerGrain.Limit).Select(_ => new Gate()).ToList();
        var third = new TaskCompletionSource();
        _script.Work = step => step switch
        {
            "0" => gates[0].PassAsync(),
            "1" => gates[1].PassAsync(),
            "third" => Task.FromResult(third.TrySetResult()),
            _ => Task.CompletedTask,
        };
        await using var silo = await StartAsync();
        var worker = silo.Grain<IWorkerGrain>("worker");

        var first = worker.Do("0");
        var second = worker.Do("1");
        await Task.WhenAll(gates.Select(g => g.Entered));
        var last = worker.Do("third");
        await silo.Grain<IWorkerGrain>("another").Do("nothing").InTime();
        Assert.False(third.Task.IsCompleted);

        gates[0].Open();
        await Task.WhenAll(first, last).InTime();
        gates[1].Open();
        await second.InTime();
    }

    [Fact]
    public async Task Many_calls_all_get_their_answer()
    {
        var done = 0;
        _script.Work = async _ =>
        {
            await Task.Yield();
            Interlocked.Increment(ref done);
        };
        await using var silo = await StartAsync();
        var worker = silo.Grain<IWorkerGrain>("worker");

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => worker.Do("work")))).InTime();

        Assert.Equal(200, done);
    }

    private Task<TestSilo> StartAsync() => TestSilo.StartAsync(configure: silo => silo.Services.AddSingleton(_script));
}
