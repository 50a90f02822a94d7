using Orleans.Otp.Conformance.Scripted;

namespace Orleans.Otp.Conformance.Faults;

/// <summary>Exceptions travel to the caller; the activation lives on.</summary>
public sealed class ExceptionTests
{
    private readonly Script _script = new();

    [Fact]
    public async Task An_exception_reaches_the_caller_with_its_type_and_message()
    {
        _script.On("fail", async _ =>
        {
            await Task.Yield();
            throw new FormatException("not like this");
        });
        await using var silo = await TestSilo.StartAsync(_script);

        var exception = await Assert.ThrowsAsync<FormatException>(() => silo.Grain("one").Do("fail").InTime());

        Assert.Equal("not like this", exception.Message);
    }

    [Fact]
    public async Task An_exception_reaches_a_calling_grain_too()
    {
        _script.On("fail", _ => throw new InvalidOperationException("not now"));
        _script.OnAsk("call", async grain =>
        {
            var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => grain.Other("two").Do("fail"));
            return exception.Message;
        });
        await using var silo = await TestSilo.StartAsync(_script);

        Assert.Equal("not now", await silo.Grain("one").Ask("call").InTime());
    }

    [Fact]
    public async Task A_method_that_throws_before_it_returns_a_task_faults_the_call_instead()
    {
        _script.On("fail at once", (Action<ScriptedGrain>)(_ => throw new InvalidOperationException("at once")));
        await using var silo = await TestSilo.StartAsync(_script);

        var call = silo.Grain("one").Do("fail at once");

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => call.InTime());
        Assert.Equal("at once", exception.Message);
    }

    [Fact]
    public async Task A_value_task_call_carries_exceptions_too()
    {
        _script.OnAsk("fail", async _ =>
        {
            await Task.Yield();
            throw new InvalidOperationException("quickly");
        });
        await using var silo = await TestSilo.StartAsync(_script);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => silo.Grain("one").AskQuickly("fail").AsTask().InTime());

        Assert.Equal("quickly", exception.Message);
    }

    [Fact]
    public async Task A_grain_keeps_its_state_when_a_call_fails()
    {
        _script.On("fail", grain =>
        {
            grain.Counter = 5;
            throw new InvalidOperationException("after the change");
        });
        _script.OnAsk("count", grain => grain.Counter.ToString());
        await using var silo = await TestSilo.StartAsync(_script);
        var one = silo.Grain("one");

        await Assert.ThrowsAsync<InvalidOperationException>(() => one.Do("fail").InTime());

        Assert.Equal("5", await one.Ask("count"));
    }

    [Fact]
    public async Task A_grain_that_fails_to_activate_fails_every_waiting_call_and_the_next_call_activates_it()
    {
        var gate = new Gate();
        var attempts = 0;
        _script.Activating = async _ =>
        {
            if (++attempts == 1)
            {
                await gate.PassAsync();
                throw new InvalidOperationException("not this time");
            }
        };
        _script.OnAsk("alive", _ => "yes");
        await using var silo = await TestSilo.StartAsync(_script);
        var one = silo.Grain("one");

        var waiting = Enumerable.Range(0, 8).Select(_ => one.Ask("alive")).ToList();
        await gate.Entered;
        gate.Open();

        foreach (var call in waiting)
        {
            var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => call.InTime());
            Assert.Equal("not this time", exception.Message);
        }

        Assert.Equal("yes", await one.Ask("alive").InTime());
        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task A_grain_whose_constructor_throws_fails_the_call_and_the_next_call_constructs_it()
    {
        var attempts = 0;
        _script.Constructing = _ =>
        {
            if (++attempts == 1)
                throw new InvalidOperationException("not built");
        };
        _script.OnAsk("alive", _ => "yes");
        await using var silo = await TestSilo.StartAsync(_script);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => silo.Grain("one").Ask("alive").InTime());

        Assert.Equal("not built", exception.Message);
        Assert.Equal("yes", await silo.Grain("one").Ask("alive").InTime());
    }

    [Fact]
    public async Task A_failed_activation_is_not_deactivated()
    {
        var deactivations = 0;
        var fail = true;
        _script.Activating = _ => fail ? throw new InvalidOperationException("not this time") : Task.CompletedTask;
        _script.Deactivating = (_, _) => Task.FromResult(++deactivations);
        _script.OnAsk("alive", _ => "yes");
        await using var silo = await TestSilo.StartAsync(_script);

        await Assert.ThrowsAsync<InvalidOperationException>(() => silo.Grain("one").Ask("alive").InTime());
        fail = false;
        await silo.Grain("one").Ask("alive").InTime();

        Assert.Equal(0, deactivations);
    }
}
