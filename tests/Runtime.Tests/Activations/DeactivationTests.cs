using System.Collections.Concurrent;
using Orleans.Otp.Conformance.Scripted;

namespace Orleans.Otp.Conformance.Activations;

/// <summary>How an activation ends, and what becomes of calls meanwhile.</summary>
public sealed class DeactivationTests
{
    private readonly Script _script = new();
    private readonly ConcurrentQueue<string> _journal = new();

    public DeactivationTests() => _script.On("deactivate", grain => grain.DeactivateOnIdle());

    [Fact]
    public async Task A_grain_asked_to_deactivate_ends_its_call_first()
    {
        var deactivated = new TaskCompletionSource<DeactivationReason>();
        _script.On("deactivate and go on", async grain =>
        {
            grain.DeactivateOnIdle();
            await Task.Yield();
            _journal.Enqueue("call ended");
        });
        _script.Deactivating = (_, reason) =>
        {
            _journal.Enqueue("deactivated");
            deactivated.SetResult(reason);
            return Task.CompletedTask;
        };
        await using var silo = await TestSilo.StartAsync(_script);

        await silo.Grain("one").Do("deactivate and go on").InTime();

        Assert.Equal(DeactivationReasonCode.ApplicationRequested, (await deactivated.Task.InTime()).ReasonCode);
        Assert.Equal(["call ended", "deactivated"], _journal);
    }

    [Fact]
    public async Task The_call_after_a_deactivation_meets_a_new_activation()
    {
        _script.OnAsk("count", grain => (++grain.Counter).ToString());
        await using var silo = await TestSilo.StartAsync(_script);
        var one = silo.Grain("one");

        Assert.Equal("1", await one.Ask("count"));
        Assert.Equal("2", await one.Ask("count"));
        await one.Do("deactivate");

        Assert.Equal("1", await one.Ask("count").InTime());
    }

    [Fact]
    public async Task Calls_that_wait_while_a_grain_deactivates_go_to_the_next_activation_in_order()
    {
        var gate = new Gate();
        _script.Activating = grain => grain.Key == "one" ? Note("activated") : Task.CompletedTask;
        _script.Deactivating = async (grain, _) =>
        {
            if (grain.Key != "one")
                return;
            await gate.PassAsync();
            await Note("deactivated");
        };
        for (var i = 0; i < 5; i++)
        {
            var number = i;
            _script.On("call " + number, _ => Note("call " + number));
        }

        _script.On("call all", async grain =>
        {
            var calls = Enumerable.Range(0, 5).Select(i => grain.Other("one").Do("call " + i)).ToList();
            gate.Open();
            await Task.WhenAll(calls);
        });
        await using var silo = await TestSilo.StartAsync(_script);

        await silo.Grain("one").Do("deactivate");
        await gate.Entered;
        await silo.Grain("caller").Do("call all").InTime();

        Assert.Equal(["activated", "deactivated", "activated", "call 0", "call 1", "call 2", "call 3", "call 4"], _journal);
    }

    [Fact]
    public async Task Calls_queued_before_a_grain_deactivates_are_not_lost()
    {
        var gate = new Gate();
        _script.On("hold and deactivate", async grain =>
        {
            await gate.PassAsync();
            grain.DeactivateOnIdle();
        });
        _script.OnAsk("count", grain => (++grain.Counter).ToString());
        await using var silo = await TestSilo.StartAsync(_script);
        var one = silo.Grain("one");

        var holding = one.Do("hold and deactivate");
        await gate.Entered;
        var queued = Enumerable.Range(0, 10).Select(_ => one.Ask("count")).ToList();
        gate.Open();
        await holding.InTime();

        Assert.Equal(Enumerable.Range(1, 10).Select(i => i.ToString()), (await Task.WhenAll(queued).InTime()).Order(NumericOrder));
    }

    [Fact]
    public async Task There_are_never_two_activations_of_one_grain()
    {
        var alive = 0;
        var most = 0;
        _script.Activating = _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref alive));
            return Task.CompletedTask;
        };
        _script.Deactivating = async (_, _) =>
        {
            await Task.Yield();
            Interlocked.Decrement(ref alive);
        };
        _script.On("work", async grain =>
        {
            await Task.Yield();
            if (++grain.Counter == 3)
                grain.DeactivateOnIdle();
        });
        await using var silo = await TestSilo.StartAsync(_script);
        var one = silo.Grain("one");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
                await one.Do("work");
        }))).InTime();

        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Parallel_first_calls_meet_one_activation()
    {
        var activations = 0;
        _script.Activating = async _ =>
        {
            Interlocked.Increment(ref activations);
            await Task.Yield();
        };
        _script.OnAsk("count", grain => (++grain.Counter).ToString());
        await using var silo = await TestSilo.StartAsync(_script);

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => silo.Grain("one").Ask("count")))).InTime();

        Assert.Equal(1, activations);
        Assert.Equal(64, answers.Distinct().Count());
    }

    [Fact]
    public async Task A_grain_that_fails_to_deactivate_is_gone_all_the_same()
    {
        _script.Deactivating = (_, _) => throw new InvalidOperationException("not leaving");
        _script.OnAsk("count", grain => (++grain.Counter).ToString());
        await using var silo = await TestSilo.StartAsync(_script);
        var one = silo.Grain("one");

        await one.Ask("count");
        await one.Do("deactivate");

        Assert.Equal("1", await one.Ask("count").InTime());
    }

    [Fact]
    public async Task A_grain_may_call_others_while_it_deactivates()
    {
        var told = new TaskCompletionSource();
        _script.Deactivating = (grain, _) => grain.Key == "one" ? grain.Other("two").Do("be told") : Task.CompletedTask;
        _script.On("be told", _ => told.TrySetResult());
        await using var silo = await TestSilo.StartAsync(_script);

        await silo.Grain("one").Do("deactivate");

        await told.Task.InTime();
    }

    private static Comparer<string> NumericOrder => Comparer<string>.Create((a, b) => int.Parse(a).CompareTo(int.Parse(b)));

    private Task Note(string entry)
    {
        _journal.Enqueue(entry);
        return Task.CompletedTask;
    }
}
