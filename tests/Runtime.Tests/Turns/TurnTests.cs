using System.Collections.Concurrent;
using Orleans.Otp.Conformance.Scripted;

namespace Orleans.Otp.Conformance.Turns;

/// <summary>One request at a time for each activation, each to its end.</summary>
public sealed class TurnTests
{
    private readonly Script _script = new();

    [Fact]
    public async Task Parallel_calls_to_one_grain_run_one_at_a_time()
    {
        var concurrency = new ConcurrencyMeter();
        _script.On("work", async grain =>
        {
            using (concurrency.Enter())
            {
                await Task.Yield();
                grain.Counter++;
                await Task.Yield();
            }
        });
        _script.OnAsk("count", grain => grain.Counter.ToString());
        await using var silo = await TestSilo.StartAsync(_script);
        var one = silo.Grain("one");

        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => one.Do("work")))).InTime();

        Assert.Equal(1, concurrency.Highest);
        Assert.Equal("64", await one.Ask("count"));
    }

    [Fact]
    public async Task A_call_waits_until_the_one_before_has_run_to_its_end()
    {
        var gate = new Gate();
        var journal = new ConcurrentQueue<string>();
        _script.On("first", async _ =>
        {
            journal.Enqueue("first begins");
            await gate.PassAsync();
            journal.Enqueue("first ends");
        });
        _script.On("second", _ => journal.Enqueue("second"));
        _script.On("elsewhere", _ => journal.Enqueue("elsewhere"));
        await using var silo = await TestSilo.StartAsync(_script);
        var one = silo.Grain("one");

        var first = one.Do("first");
        await gate.Entered;
        var second = one.Do("second");
        await silo.Grain("two").Do("elsewhere").InTime();
        gate.Open();
        await Task.WhenAll(first, second).InTime();

        Assert.Equal(["first begins", "elsewhere", "first ends", "second"], journal);
    }

    [Fact]
    public async Task Continuations_of_one_turn_never_run_beside_each_other()
    {
        var concurrency = new ConcurrencyMeter();
        async Task Branch(ScriptedGrain grain)
        {
            for (var i = 0; i < 20; i++)
            {
                using (concurrency.Enter())
                    grain.Counter++;
                await Task.Run(() => { });
            }
        }

        _script.OnAsk("branch", async grain =>
        {
            await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Branch(grain)));
            return grain.Counter.ToString();
        });
        await using var silo = await TestSilo.StartAsync(_script);

        Assert.Equal("1000", await silo.Grain("one").Ask("branch").InTime());
        Assert.Equal(1, concurrency.Highest);
    }

    [Fact]
    public async Task Different_grains_run_beside_each_other()
    {
        var gate = new Gate();
        _script.On("hold", _ => gate.PassAsync());
        _script.On("open", _ => gate.Open());
        await using var silo = await TestSilo.StartAsync(_script);

        var held = silo.Grain("one").Do("hold");
        await gate.Entered;
        await silo.Grain("two").Do("open").InTime();

        await held.InTime();
    }

    [Fact]
    public async Task A_grain_does_not_run_other_calls_while_it_waits_for_another_grain()
    {
        var gate = new Gate();
        var journal = new ConcurrentQueue<string>();
        _script.On("call the other", async grain =>
        {
            await grain.Other("two").Do("hold");
            journal.Enqueue("call the other");
        });
        _script.On("hold", _ => gate.PassAsync());
        _script.On("next", _ => journal.Enqueue("next"));
        await using var silo = await TestSilo.StartAsync(_script);

        var calling = silo.Grain("one").Do("call the other");
        await gate.Entered;
        var next = silo.Grain("one").Do("next");
        gate.Open();
        await Task.WhenAll(calling, next).InTime();

        Assert.Equal(["call the other", "next"], journal);
    }

    [Fact]
    public async Task A_caller_goes_on_in_its_own_turn_after_a_call()
    {
        var concurrency = new ConcurrencyMeter();
        _script.On("call", async grain =>
        {
            for (var i = 0; i < 20; i++)
            {
                await grain.Other("other-" + i).Do("yield");
                using (concurrency.Enter())
                    grain.Counter++;
            }
        });
        _script.On("yield", async _ => await Task.Yield());
        _script.OnAsk("both", async grain =>
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.WhenAll(grain.Other("sub").Do("yield"), Branch(grain))));
            return grain.Counter.ToString();
        });
        async Task Branch(ScriptedGrain grain)
        {
            await grain.Other("sub").Do("yield");
            using (concurrency.Enter())
                grain.Counter++;
        }

        await using var silo = await TestSilo.StartAsync(_script);

        await silo.Grain("one").Do("call").InTime();
        Assert.Equal("28", await silo.Grain("one").Ask("both").InTime());
        Assert.Equal(1, concurrency.Highest);
    }
}
