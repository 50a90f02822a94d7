using System.Collections.Concurrent;
using Otp.Conformance.Scripted;

namespace Otp.Conformance.Timers;

/// <summary>When grain timers tick: by the clock of the test, and only as turns.</summary>
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
    public async Task A_timer_ticks_when_it_is_due_and_not_before()
    {
        _script.On("start", grain => Start(grain, Second, Never));
        await using var silo = await StartAsync();

        await silo.Grain("one").Do("start");
        _time.Advance(Second - TimeSpan.FromTicks(1));
        await silo.Grain("one").Do("nothing");
        Assert.Equal(0, _ticks.Count);

        _time.Advance(TimeSpan.FromTicks(1));
        await _ticks.ReachAsync(1);
    }

    [Fact]
    public async Task A_timer_without_a_period_ticks_once()
    {
        _script.On("start", grain => Start(grain, Second, Never));
        await using var silo = await StartAsync();

        await silo.Grain("one").Do("start");
        _time.Advance(Second);
        await _ticks.ReachAsync(1);
        await silo.Grain("one").Do("nothing");
        _time.Advance(TimeSpan.FromHours(1));
        await silo.Grain("one").Do("nothing");

        Assert.Equal(1, _ticks.Count);
    }

    [Fact]
    public async Task A_period_counts_from_the_end_of_the_tick()
    {
        var gate = new Gate();
        _script.On("start", grain => _timer = grain.RegisterGrainTimer(
            async () =>
            {
                _ticks.Add();
                if (_ticks.Count == 1)
                    await gate.PassAsync();
            },
            Second,
            Second));
        await using var silo = await StartAsync();

        await silo.Grain("one").Do("start");
        _time.Advance(Second);
        await gate.Entered;
        _time.Advance(Second * 5);
        gate.Open();
        await silo.Grain("one").Do("nothing").InTime();
        await _time.WaitForTimersAsync(1, TestContext.Current.CancellationToken).InTime();
        Assert.Equal(1, _ticks.Count);

        _time.Advance(Second - TimeSpan.FromTicks(1));
        await silo.Grain("one").Do("nothing");
        Assert.Equal(1, _ticks.Count);

        _time.Advance(TimeSpan.FromTicks(1));
        await _ticks.ReachAsync(2);
    }

    [Fact]
    public async Task A_tick_waits_for_the_turn_before_it()
    {
        var gate = new Gate();
        var journal = new ConcurrentQueue<string>();
        _script.On("start and hold", async grain =>
        {
            _timer = grain.RegisterGrainTimer(() => Record("tick"), Second, Never);
            await gate.PassAsync();
            journal.Enqueue("held");
        });
        Task Record(string entry)
        {
            journal.Enqueue(entry);
            _ticks.Add();
            return Task.CompletedTask;
        }

        await using var silo = await StartAsync();

        var holding = silo.Grain("one").Do("start and hold");
        await gate.Entered;
        _time.Advance(Second);
        gate.Open();
        await holding.InTime();
        await _ticks.ReachAsync(1);

        Assert.Equal(["held", "tick"], journal);
    }

    [Fact]
    public async Task A_call_waits_for_the_tick_before_it()
    {
        var gate = new Gate();
        var journal = new ConcurrentQueue<string>();
        _script.On("start", grain => _timer = grain.RegisterGrainTimer(
            async () =>
            {
                await gate.PassAsync();
                journal.Enqueue("tick");
            },
            Second,
            Never));
        _script.On("call", _ => journal.Enqueue("call"));
        await using var silo = await StartAsync();

        await silo.Grain("one").Do("start");
        _time.Advance(Second);
        await gate.Entered;
        var call = silo.Grain("one").Do("call");
        gate.Open();
        await call.InTime();

        Assert.Equal(["tick", "call"], journal);
    }

    [Fact]
    public async Task A_timer_that_throws_ticks_on()
    {
        _script.On("start", grain => _timer = grain.RegisterGrainTimer(
            () =>
            {
                _ticks.Add();
                throw new InvalidOperationException("tick failed");
            },
            Second,
            Second));
        await using var silo = await StartAsync();

        await silo.Grain("one").Do("start");
        for (var tick = 1; tick <= 3; tick++)
        {
            await _time.WaitForTimersAsync(1, TestContext.Current.CancellationToken).InTime();
            _time.Advance(Second);
            await _ticks.ReachAsync(tick);
        }
    }

    [Fact]
    public async Task Change_moves_the_next_tick()
    {
        _script.On("start", grain => Start(grain, Second, Never));
        _script.On("later", _ => _timer!.Change(Second * 10, Never));
        await using var silo = await StartAsync();

        await silo.Grain("one").Do("start");
        await silo.Grain("one").Do("later");
        _time.Advance(Second * 9);
        await silo.Grain("one").Do("nothing");
        Assert.Equal(0, _ticks.Count);

        _time.Advance(Second);
        await _ticks.ReachAsync(1);
    }

    [Fact]
    public async Task Change_within_a_tick_decides_on_the_next()
    {
        _script.On("start", grain => _timer = grain.RegisterGrainTimer(
            () =>
            {
                _timer!.Change(Second * 3, Never);
                _ticks.Add();
                return Task.CompletedTask;
            },
            Second,
            Second));
        await using var silo = await StartAsync();

        await silo.Grain("one").Do("start");
        _time.Advance(Second);
        await _ticks.ReachAsync(1);
        await silo.Grain("one").Do("nothing");
        await _time.WaitForTimersAsync(1, TestContext.Current.CancellationToken).InTime();
        _time.Advance(Second * 2);
        await silo.Grain("one").Do("nothing");
        Assert.Equal(1, _ticks.Count);

        _time.Advance(Second);
        await _ticks.ReachAsync(2);
    }

    [Fact]
    public async Task A_timer_changed_to_never_rests_until_it_is_changed_again()
    {
        _script.On("start", grain => Start(grain, Second, Second));
        _script.On("rest", _ => _timer!.Change(Never, Never));
        _script.On("resume", _ => _timer!.Change(Second, Never));
        await using var silo = await StartAsync();

        await silo.Grain("one").Do("start");
        await silo.Grain("one").Do("rest");
        _time.Advance(TimeSpan.FromHours(1));
        await silo.Grain("one").Do("nothing");
        Assert.Equal(0, _ticks.Count);

        await silo.Grain("one").Do("resume");
        _time.Advance(Second);
        await _ticks.ReachAsync(1);
    }

    [Fact]
    public async Task A_disposed_timer_ticks_no_more()
    {
        _script.On("start", grain => Start(grain, Second, Second));
        _script.On("dispose", _ => _timer!.Dispose());
        await using var silo = await StartAsync();

        await silo.Grain("one").Do("start");
        await silo.Grain("one").Do("dispose");
        _time.Advance(TimeSpan.FromHours(1));
        await silo.Grain("one").Do("nothing");

        Assert.Equal(0, _ticks.Count);
    }

    [Fact]
    public async Task A_timer_may_dispose_of_itself_within_its_tick()
    {
        _script.On("start", grain => _timer = grain.RegisterGrainTimer(
            () =>
            {
                _timer!.Dispose();
                _ticks.Add();
                return Task.CompletedTask;
            },
            Second,
            Second));
        await using var silo = await StartAsync();

        await silo.Grain("one").Do("start");
        _time.Advance(Second);
        await _ticks.ReachAsync(1);
        await silo.Grain("one").Do("nothing");
        _time.Advance(TimeSpan.FromHours(1));
        await silo.Grain("one").Do("nothing");

        Assert.Equal(1, _ticks.Count);
    }

    [Fact]
    public async Task Timers_end_with_their_activation()
    {
        _script.On("start", grain => Start(grain, Second, Second));
        _script.On("deactivate", grain => grain.DeactivateOnIdle());
        await using var silo = await StartAsync();
        var deactivated = new TaskCompletionSource();
        _script.Deactivating = (_, _) => Task.FromResult(deactivated.TrySetResult());

        await silo.Grain("one").Do("start");
        await silo.Grain("one").Do("deactivate");
        await deactivated.Task.InTime();
        await silo.Grain("one").Do("nothing").InTime();
        _time.Advance(TimeSpan.FromHours(1));
        await silo.Grain("one").Do("nothing").InTime();

        Assert.Equal(0, _ticks.Count);
    }

    [Fact]
    public async Task Timers_of_many_grains_tick_each_at_its_own_time()
    {
        var journal = new ConcurrentQueue<string>();
        _script.On("start", grain => grain.RegisterGrainTimer(
            key =>
            {
                journal.Enqueue(key);
                _ticks.Add();
                return Task.CompletedTask;
            },
            grain.Key,
            Second * int.Parse(grain.Key),
            Never));
        await using var silo = await StartAsync();

        foreach (var key in new[] { "3", "1", "5", "2", "4" })
            await silo.Grain(key).Do("start");
        for (var second = 1; second <= 5; second++)
        {
            _time.Advance(Second);
            await _ticks.ReachAsync(second);
        }

        Assert.Equal(["1", "2", "3", "4", "5"], journal);
    }

    [Fact]
    public async Task A_tick_has_a_token_that_disposing_the_timer_cancels()
    {
        var cancelled = new TaskCompletionSource();
        var gate = new Gate();
        _script.On("start", grain => _timer = grain.RegisterGrainTimer(
            async token =>
            {
                await using var registration = token.Register(() => cancelled.TrySetResult());
                await gate.PassAsync();
                _timer!.Dispose();
            },
            Second,
            Never));
        await using var silo = await StartAsync();

        await silo.Grain("one").Do("start");
        _time.Advance(Second);
        await gate.Entered;
        gate.Open();

        await cancelled.Task.InTime();
    }

    private Task<TestSilo> StartAsync()
    {
        _script.On("nothing", _ => { });
        return TestSilo.StartAsync(_script, time: _time);
    }

    private void Start(ScriptedGrain grain, TimeSpan dueTime, TimeSpan period) =>
        _timer = grain.RegisterGrainTimer(
            () =>
            {
                _ticks.Add();
                return Task.CompletedTask;
            },
            dueTime,
            period);
}
