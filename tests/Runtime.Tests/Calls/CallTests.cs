using System.Collections.Concurrent;
using Orleans.Otp.Conformance.Scripted;

namespace Orleans.Otp.Conformance.Calls;

/// <summary>What a call carries, in which order calls arrive, and what they do not carry.</summary>
public sealed class CallTests
{
    private static readonly AsyncLocal<string?> Ambient = new();

    private readonly Script _script = new();

    [Fact]
    public async Task Calls_from_one_caller_run_in_the_order_they_were_made()
    {
        var journal = new ConcurrentQueue<int>();
        for (var i = 0; i < 200; i++)
        {
            var number = i;
            _script.On("step " + number, async _ =>
            {
                journal.Enqueue(number);
                await Task.Yield();
            });
        }

        _script.On("call all", grain => Task.WhenAll(Enumerable.Range(0, 200).Select(i => grain.Other("callee").Do("step " + i))));
        await using var silo = await TestSilo.StartAsync(_script);

        await silo.Grain("caller").Do("call all").InTime();

        Assert.Equal(Enumerable.Range(0, 200), journal);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("with spaces, +49 (0) 30/1234567 | % # ? *")]
    [InlineData("Grüße-日本-😀")]
    public async Task A_grain_knows_its_key(string key)
    {
        _script.OnAsk("key", grain => grain.Key);
        await using var silo = await TestSilo.StartAsync(_script);

        Assert.Equal(key, await silo.Grain(key).Ask("key"));
        Assert.Equal(key, silo.Grain(key).GetPrimaryKeyString());
    }

    [Fact]
    public async Task References_to_one_grain_are_equal()
    {
        await using var silo = await TestSilo.StartAsync(_script);

        Assert.Equal(silo.Grain("one"), silo.Grain("one"));
        Assert.NotEqual(silo.Grain("one"), silo.Grain("two"));
        Assert.Equal(silo.Grain("one").GetGrainId(), silo.Grain("one").GetGrainId());
    }

    [Fact]
    public async Task Methods_may_return_value_tasks()
    {
        _script.On("do", async _ => await Task.Yield());
        _script.OnAsk("answer at once", _ => "now");
        _script.OnAsk("answer later", async _ =>
        {
            await Task.Yield();
            return "later";
        });
        await using var silo = await TestSilo.StartAsync(_script);
        var one = silo.Grain("one");

        await one.DoQuickly("do");

        Assert.Equal("now", await one.AskQuickly("answer at once"));
        Assert.Equal("later", await one.AskQuickly("answer later"));
    }

    [Fact]
    public async Task What_a_grain_sets_in_its_async_context_reaches_neither_its_caller_nor_its_next_call()
    {
        _script.OnAsk("set", async _ =>
        {
            Ambient.Value = "set by the grain";
            await Task.Yield();
            return Ambient.Value;
        });
        _script.OnAsk("set at once", _ => Ambient.Value = "set by the grain");
        _script.OnAsk("get", _ => Ambient.Value ?? "nothing");
        await using var silo = await TestSilo.StartAsync(_script);
        var one = silo.Grain("one");

        Assert.Equal("set by the grain", await one.Ask("set"));
        Assert.Null(Ambient.Value);
        Assert.Equal("set by the grain", await one.Ask("set at once"));
        Assert.Null(Ambient.Value);
        Assert.Equal("nothing", await one.Ask("get"));
    }

    [Theory]
    [InlineData("sum")]
    [InlineData("sum after yielding")]
    public async Task Calls_nest_ten_thousand_deep_without_exhausting_the_stack(string step)
    {
        const int depth = 10_000;
        async Task<string> Sum(ScriptedGrain grain)
        {
            var level = int.Parse(grain.Key);
            var below = level == depth ? "0" : await grain.Other((level + 1).ToString()).Ask(step);
            return (int.Parse(below) + 1).ToString();
        }

        _script.OnAsk("sum", Sum);
        _script.OnAsk("sum after yielding", async grain =>
        {
            await Task.Yield();
            return await Sum(grain);
        });
        await using var silo = await TestSilo.StartAsync(_script);

        Assert.Equal("10000", await silo.Grain("1").Ask(step).InTime());
    }
}
