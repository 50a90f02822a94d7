using System.Collections.Concurrent;
using Otp.OrleansAssumptions.Scripted;

namespace Otp.OrleansAssumptions;

/// <summary>
/// What the grains' forgetting relies on: a timer is registered at rest, set to one deadline at a time by the grains' clock, and ticks as a
/// turn of the grain.
/// </summary>
public sealed class TimerTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;

    private readonly Script _script = new();
    private readonly ManualTimeProvider _time = new();
    private readonly Ticks _ticks = new();
    private IGrainTimer? _timer;

    public void Dispose() => _ticks.Dispose();

    [Fact]
    public async Task A_timer_at_rest_ticks_once_when_the_grains_clock_reaches_what_it_is_set_to_and_not_before()
    {
        await using var silo = await StartAsync(Count);
        await silo.DoAsync("register");
        _time.Advance(TimeSpan.FromHours(1));
        await silo.DoAsync("nothing");
        Assert.Equal(0, _ticks.Count);

        await silo.DoAsync("set");
        _time.Advance(Second - TimeSpan.FromTicks(1));
        await silo.DoAsync("nothing");
        Assert.Equal(0, _ticks.Count);

        _time.Advance(TimeSpan.FromTicks(1));
        await _ticks.ReachAsync(1);
        _time.Advance(TimeSpan.FromHours(1));
        await silo.DoAsync("nothing");
        Assert.Equal(1, _ticks.Count);
    }

    [Fact]
    public async Task A_call_after_the_deadline_is_served_after_the_tick()
    {
        var journal = new ConcurrentQueue<string>();
        _script.On("call", _ => journal.Enqueue("call"));
        await using var silo = await StartAsync(() =>
        {
            journal.Enqueue("tick");
            return Task.CompletedTask;
        });

        await silo.DoAsync("register");
        await silo.DoAsync("set");
        _time.Advance(Second);
        await silo.DoAsync("call");

        Assert.Equal(["tick", "call"], journal);
    }

    [Fact]
    public async Task A_timer_set_again_has_one_deadline_the_later_one()
    {
        _script.On("set later", _ => _timer!.Change(Second * 10, Never));
        await using var silo = await StartAsync(Count);
        await silo.DoAsync("register");
        await silo.DoAsync("set");
        await silo.DoAsync("set later");

        _time.Advance(Second * 9);
        await silo.DoAsync("nothing");
        Assert.Equal(0, _ticks.Count);

        _time.Advance(Second);
        await _ticks.ReachAsync(1);
    }

    [Fact]
    public async Task A_timer_can_be_set_within_its_own_tick()
    {
        await using var silo = await StartAsync(() =>
        {
            _timer!.Change(Second * 3, Never);
            return Count();
        });
        await silo.DoAsync("register");
        await silo.DoAsync("set");
        _time.Advance(Second);
        await _ticks.ReachAsync(1);
        await silo.DoAsync("nothing");

        _time.Advance((Second * 3) - TimeSpan.FromTicks(1));
        await silo.DoAsync("nothing");
        Assert.Equal(1, _ticks.Count);

        _time.Advance(TimeSpan.FromTicks(1));
        await _ticks.ReachAsync(2);
    }

    [Fact]
    public async Task A_tick_waits_for_the_turn_before_it_and_a_call_for_the_tick()
    {
        var (holding, ticking) = (new Gate(), new Gate());
        var journal = new ConcurrentQueue<string>();
        _script.On("hold", async _ =>
        {
            await holding.PassAsync();
            journal.Enqueue("held");
        });
        _script.On("call", _ => journal.Enqueue("call"));
        await using var silo = await StartAsync(async () =>
        {
            await ticking.PassAsync();
            journal.Enqueue("tick");
        });
        await silo.DoAsync("register");
        await silo.DoAsync("set");

        var held = silo.DoAsync("hold");
        await holding.Entered;
        _time.Advance(Second);
        holding.Open();
        await held;
        await ticking.Entered;
        var call = silo.DoAsync("call");
        ticking.Open();
        await call;

        Assert.Equal(["held", "tick", "call"], journal);
    }

    [Fact]
    public async Task A_tick_that_throws_leaves_the_activation_and_its_timer_in_service()
    {
        await using var silo = await StartAsync(() =>
        {
            _ticks.Add();
            throw new InvalidOperationException("The storage failed.");
        });
        await silo.DoAsync("register");
        await silo.DoAsync("set");
        _time.Advance(Second);
        await _ticks.ReachAsync(1);

        await silo.DoAsync("set");
        _time.Advance(Second);
        await _ticks.ReachAsync(2);
    }

    private Task<TestSilo> StartAsync(Func<Task> tick)
    {
        _script.On("register", grain => _timer = grain.RegisterGrainTimer(_ => tick(), new GrainTimerCreationOptions(Never, Never)));
        _script.On("set", _ => _timer!.Change(Second, Never));
        _script.On("nothing", static _ => { });
        return TestSilo.StartAsync(_script, _time);
    }

    private Task Count()
    {
        _ticks.Add();
        return Task.CompletedTask;
    }
}
