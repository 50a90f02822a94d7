using Otp.Gateway.Limits;

namespace Otp.Gateway.Tests.Limits;

public sealed class AdaptiveLimitTests
{
    // 50 measurements a second.
    private const int MeasurementsInTwoSeconds = 100;

    private static readonly TimeSpan LongWait = AdaptiveLimit.LongestWait * 3;

    private readonly AdaptiveLimit _limit = new(least: 10, most: 1_000);

    [Fact]
    public void As_many_calls_are_let_in_as_the_limit_says_also_when_they_race()
    {
        var permits = new AdaptiveLimit.Permit[3_000];

        Parallel.For(0, permits.Length, i => permits[i] = _limit.Acquire());

        Assert.Equal(1_000, permits.Count(permit => permit.IsAcquired));
        Assert.True(_limit.IsFull);
    }

    [Fact]
    public void Call_that_ends_makes_room_for_one_and_a_refused_one_for_none()
    {
        var permits = Enumerable.Range(0, 1_001).Select(_ => _limit.Acquire()).ToList();

        permits[^1].Dispose();
        Assert.False(_limit.Acquire().IsAcquired);
        permits[0].Dispose();

        Assert.True(_limit.Acquire().IsAcquired);
        Assert.False(_limit.Acquire().IsAcquired);
    }

    [Fact]
    public void Limit_shrinks_while_work_waits_and_not_below_the_least()
    {
        _limit.Adapt(LongWait);
        Assert.Equal(500, _limit.Current);

        Wait(LongWait, times: 20);
        Assert.Equal(10, _limit.Current);
    }

    [Fact]
    public void Small_excess_is_a_small_cut()
    {
        _limit.Adapt(AdaptiveLimit.LongestWait * 1.1);

        Assert.Equal(910, _limit.Current);
    }

    [Fact]
    public void Limit_is_back_within_two_seconds_and_does_not_grow_beyond_the_most()
    {
        Wait(LongWait, times: 20);

        Wait(TimeSpan.FromMilliseconds(1), times: MeasurementsInTwoSeconds);

        Assert.Equal(1_000, _limit.Current);
    }

    [Fact]
    public void Calls_under_way_stay_when_the_limit_shrinks_and_no_other_comes_in_until_they_are_fewer()
    {
        var permits = Enumerable.Range(0, 600).Select(_ => _limit.Acquire()).ToList();

        _limit.Adapt(LongWait);
        permits.Take(100).ToList().ForEach(permit => permit.Dispose());
        Assert.True(_limit.IsFull);
        permits[100].Dispose();

        Assert.False(_limit.IsFull);
    }

    private void Wait(TimeSpan wait, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _limit.Adapt(wait);
        }
    }
}
