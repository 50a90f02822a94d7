using Otp.Gateway.Limits;

namespace Otp.Gateway.Tests.Limits;

public sealed class AdaptiveLimitTests
{
    // 50 measurements a second.
    private const int MeasurementsInTenSeconds = 500;

    private const int Least = 10;
    private const int Most = 1_000;

    private static readonly TimeSpan LongWait = AdaptiveLimit.LongestWait * 3;

    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(1);

    private readonly AdaptiveLimit _limit = new(Least, Most);

    [Fact]
    public void As_many_calls_are_let_in_as_the_limit_says_also_when_they_race()
    {
        var permits = new AdaptiveLimit.Permit[300];

        Parallel.For(0, permits.Length, i => permits[i] = _limit.Acquire());

        Assert.Equal(Least, permits.Count(permit => permit.IsAcquired));
        Assert.True(_limit.IsFull);
    }

    [Fact]
    public void Call_that_ends_makes_room_for_one_and_a_refused_one_for_none()
    {
        var permits = Fill();

        _limit.Acquire().Dispose();
        Assert.False(_limit.Acquire().IsAcquired);
        permits[0].Dispose();

        Assert.True(_limit.Acquire().IsAcquired);
        Assert.False(_limit.Acquire().IsAcquired);
    }

    [Fact]
    public void Limit_that_is_used_grows_to_the_most_within_ten_seconds_and_one_that_is_not_shrinks_to_the_least()
    {
        var permits = GrowToMost();
        Assert.Equal(Most, _limit.Current);
        Assert.False(_limit.Acquire().IsAcquired);

        permits.ForEach(permit => permit.Dispose());
        Wait(Short, MeasurementsInTenSeconds);

        Assert.Equal(Least, _limit.Current);
    }

    [Fact]
    public void Limit_that_is_used_stays_while_it_may_not_grow()
    {
        Fill();

        _limit.Adapt(Short, mayGrow: false);

        Assert.Equal(Least, _limit.Current);
    }

    [Fact]
    public void Limit_shrinks_while_work_waits_and_not_below_the_least()
    {
        GrowToMost();

        _limit.Adapt(LongWait);
        Assert.Equal(Most / 2, _limit.Current);

        Wait(LongWait, times: 20);
        Assert.Equal(Least, _limit.Current);
    }

    [Fact]
    public void Small_excess_is_a_small_cut()
    {
        GrowToMost();

        _limit.Adapt(AdaptiveLimit.LongestWait * 1.1);

        Assert.Equal(910, _limit.Current);
    }

    [Fact]
    public void Calls_under_way_stay_when_the_limit_shrinks_and_no_other_comes_in_until_they_are_fewer()
    {
        var permits = GrowToMost();

        _limit.Adapt(LongWait);
        permits.Take(Most / 2).ToList().ForEach(permit => permit.Dispose());
        Assert.True(_limit.IsFull);
        permits[Most / 2].Dispose();

        Assert.False(_limit.IsFull);
    }

    private List<AdaptiveLimit.Permit> GrowToMost()
    {
        List<AdaptiveLimit.Permit> permits = [];
        for (var i = 0; i < MeasurementsInTenSeconds; i++)
        {
            permits.AddRange(Fill());
            _limit.Adapt(Short);
        }

        return permits;
    }

    private List<AdaptiveLimit.Permit> Fill()
    {
        List<AdaptiveLimit.Permit> permits = [];
        while (_limit.Acquire() is { IsAcquired: true } permit)
        {
            permits.Add(permit);
        }

        return permits;
    }

    private void Wait(TimeSpan wait, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _limit.Adapt(wait);
        }
    }
}
