using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Otp.Conformance.Scripted;

namespace Orleans.Otp.Conformance.Calls;

/// <summary>A call ends for its caller when its time is up; for the grain it goes on.</summary>
public sealed class TimeoutTests
{
    private readonly Script _script = new();

    [Fact]
    public async Task A_call_that_takes_too_long_times_out_for_its_caller()
    {
        var gate = new Gate();
        _script.On("hold", _ => gate.PassAsync());
        _script.On("call", grain => grain.Other("slow").Do("hold"));
        await using var silo = await TestSilo.StartAsync(_script, ShortTimeouts);

        await Assert.ThrowsAsync<TimeoutException>(() => silo.Grain("caller").Do("call").InTime());
        gate.Open();
    }

    [Fact]
    public async Task A_call_that_waits_too_long_for_its_turn_times_out()
    {
        var gate = new Gate();
        _script.On("hold", _ => gate.PassAsync());
        _script.On("quick", _ => { });
        _script.On("call", grain => grain.Other("slow").Do("quick"));
        await using var silo = await TestSilo.StartAsync(_script, ShortTimeouts);

        var holding = silo.Grain("slow").Do("hold");
        await gate.Entered;

        await Assert.ThrowsAsync<TimeoutException>(() => silo.Grain("caller").Do("call").InTime());
        gate.Open();
        await Record.ExceptionAsync(() => holding.InTime());
    }

    [Fact]
    public async Task A_turn_whose_caller_timed_out_runs_to_its_end()
    {
        var gate = new Gate();
        _script.On("hold", async grain =>
        {
            await gate.PassAsync();
            grain.Counter = 7;
        });
        _script.On("call", grain => grain.Other("slow").Do("hold"));
        _script.OnAsk("count", grain => grain.Counter.ToString());
        await using var silo = await TestSilo.StartAsync(_script, ShortTimeouts);

        await Assert.ThrowsAsync<TimeoutException>(() => silo.Grain("caller").Do("call").InTime());
        gate.Open();

        Assert.Equal("7", await silo.Grain("slow").Ask("count").InTime());
    }

    [Fact]
    public async Task A_grain_called_back_by_the_one_it_waits_for_times_out_and_lives_on()
    {
        _script.On("there", grain => grain.Other("two").Do("and back"));
        _script.On("and back", grain => grain.Other("one").Do("touch"));
        _script.On("touch", grain => grain.Counter++);
        _script.OnAsk("alive", _ => "yes");
        await using var silo = await TestSilo.StartAsync(_script, ShortTimeouts);

        await Assert.ThrowsAsync<TimeoutException>(() => silo.Grain("one").Do("there").InTime());

        Assert.Equal("yes", await silo.Grain("one").Ask("alive").InTime());
    }

    [Fact]
    public async Task A_method_may_have_a_time_of_its_own()
    {
        var gate = new Gate();
        _script.On("hold", _ => gate.PassAsync());
        await using var silo = await TestSilo.StartAsync(_script);

        await Assert.ThrowsAsync<TimeoutException>(() => silo.Grain("one").DoSoon("hold").InTime());
        gate.Open();
    }

    private static void ShortTimeouts(ISiloBuilder silo) =>
        silo.Services.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMilliseconds(400));
}
