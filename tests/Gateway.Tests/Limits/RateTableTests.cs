using Otp.Gateway.Limits;
using Otp.Programs;

namespace Otp.Gateway.Tests.Limits;

public sealed class RateTableTests
{
    private static readonly RateOptions TenAMinute = new() { Limit = 10, Period = TimeSpan.FromMinutes(1) };

    private readonly ManualTimeProvider _time = new();
    private readonly RateTable _table;

    public RateTableTests() => _table = new RateTable(2_048, _time);

    [Fact]
    public void As_many_as_the_limit_are_there_at_once_and_no_more()
    {
        Assert.All(Enumerable.Range(0, 10), _ => Assert.Null(_table.Take(1, TenAMinute)));

        Assert.Equal(TimeSpan.FromSeconds(6), _table.Take(1, TenAMinute));
    }

    [Fact]
    public void Waiting_as_long_as_told_is_enough_and_no_less()
    {
        Exhaust(1);
        var wait = _table.Take(1, TenAMinute)!.Value;

        _time.Advance(wait - TimeSpan.FromTicks(1));
        Assert.Equal(TimeSpan.FromTicks(1), _table.Take(1, TenAMinute));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(_table.Take(1, TenAMinute));
        Assert.NotNull(_table.Take(1, TenAMinute));
    }

    [Fact]
    public void After_the_period_all_are_there_again()
    {
        Exhaust(1);

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.All(Enumerable.Range(0, 10), _ => Assert.Null(_table.Take(1, TenAMinute)));
        Assert.NotNull(_table.Take(1, TenAMinute));
    }

    [Fact]
    public void Refusals_use_up_nothing()
    {
        Exhaust(1);
        var first = _table.Take(1, TenAMinute);

        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(first, _table.Take(1, TenAMinute)));
    }

    [Fact]
    public void Callers_do_not_use_up_each_others()
    {
        Exhaust(1);

        Assert.Null(_table.Take(2, TenAMinute));
    }

    [Fact]
    public void Peek_tells_without_taking()
    {
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Null(_table.Peek(1, TenAMinute)));
        Exhaust(1);

        Assert.Equal(TimeSpan.FromSeconds(6), _table.Peek(1, TenAMinute));
    }

    [Fact]
    public void What_is_given_back_is_there_again()
    {
        Exhaust(1);

        _table.GiveBack(1, TenAMinute);

        Assert.Null(_table.Take(1, TenAMinute));
        Assert.NotNull(_table.Take(1, TenAMinute));
    }

    [Fact]
    public void Nobody_gets_more_than_all_by_giving_back()
    {
        _table.GiveBack(1, TenAMinute);
        _table.Take(1, TenAMinute);
        _table.GiveBack(1, TenAMinute);
        _table.GiveBack(1, TenAMinute);

        Exhaust(1);
        Assert.NotNull(_table.Take(1, TenAMinute));
    }

    [Fact]
    public void Limit_of_zero_is_none()
    {
        var unlimited = new RateOptions();

        Assert.All(Enumerable.Range(0, 1_000), _ => Assert.Null(_table.Take(1, unlimited)));
    }

    [Fact]
    public async Task Callers_at_once_get_as_many_as_the_limit()
    {
        var taken = 0;
        await Parallel.ForAsync(0, 1_000, TestContext.Current.CancellationToken, (_, _) =>
        {
            if (_table.Take(1, TenAMinute) is null)
            {
                Interlocked.Increment(ref taken);
            }

            return ValueTask.CompletedTask;
        });

        Assert.Equal(10, taken);
    }

    [Fact]
    public void Million_callers_take_no_more_memory_and_free_nobody_who_is_refused()
    {
        var big = new RateTable(1 << 20, _time);
        for (var i = 0; i < 10; i++)
        {
            big.Take(ulong.MaxValue, TenAMinute);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0ul; i < 1_000_000; i++)
        {
            big.Take((i + 1) * 0x9e3779b97f4a7c15, TenAMinute);
        }

        // Less than a byte a caller: what there is comes of the runtime's own compiling.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.NotNull(big.Take(ulong.MaxValue, TenAMinute));
    }

    private void Exhaust(ulong key)
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.Null(_table.Take(key, TenAMinute));
        }
    }
}
