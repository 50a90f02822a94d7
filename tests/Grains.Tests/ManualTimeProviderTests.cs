namespace Otp;

public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _fired = [];

    [Fact]
    public void Timers_fire_in_the_order_they_are_due_and_see_that_instant()
    {
        var start = _time.GetUtcNow();
        using var late = Timer("late", seconds: 3);
        using var early = Timer("early", seconds: 1);

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["early at 1", "late at 3"], _fired);
        Assert.Equal(TimeSpan.FromSeconds(5), _time.GetUtcNow() - start);
        Assert.Equal(0, _time.PendingTimers);
    }

    [Fact]
    public void A_timer_does_not_fire_one_tick_before_it_is_due()
    {
        using var timer = Timer("it", seconds: 1);

        _time.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.Empty(_fired);

        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(["it at 1"], _fired);
    }

    [Fact]
    public void A_periodic_timer_fires_once_a_period_until_disposed()
    {
        using var timer = Timer("tick", seconds: 1, period: 2);

        _time.Advance(TimeSpan.FromSeconds(6));
        timer.Dispose();
        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(["tick at 1", "tick at 3", "tick at 5"], _fired);
        Assert.False(timer.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public void A_timer_set_while_the_clock_moves_fires_in_the_same_move()
    {
        ITimer? second = null;
        using var first = _time.CreateTimer(_ => second = Timer("second", seconds: 1), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(["second at 2"], _fired);
        second!.Dispose();
    }

    [Fact]
    public void A_changed_timer_keeps_its_new_time_alone()
    {
        using var timer = Timer("it", seconds: 1);
        timer.Change(TimeSpan.FromSeconds(4), Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(["it at 4"], _fired);
    }

    [Fact]
    public async Task A_timer_due_at_once_needs_no_move_of_the_clock()
    {
        var fired = new TaskCompletionSource();
        await using var timer = _time.CreateTimer(_ => fired.SetResult(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        await fired.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Waiting_for_timers_ends_when_that_many_are_pending()
    {
        var waiting = _time.WaitForTimersAsync(2, TestContext.Current.CancellationToken);
        using var first = Timer("first", seconds: 1);
        Assert.False(waiting.IsCompleted);

        using var second = Timer("second", seconds: 1);

        await waiting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Delays_and_cancellation_follow_the_clock()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(2), _time);
        var delay = Task.Delay(TimeSpan.FromSeconds(1), _time, CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(1));
        await delay.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.False(cancellation.IsCancellationRequested);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(cancellation.IsCancellationRequested);
    }

    private ITimer Timer(string name, int seconds, int period = 0)
    {
        var start = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        return _time.CreateTimer(
            _ => _fired.Add($"{name} at {(_time.GetUtcNow() - start).TotalSeconds}"),
            null,
            TimeSpan.FromSeconds(seconds),
            period == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(period));
    }
}
