namespace Otp.Statistics;

public sealed class LatencyScaleTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(64, 1)]
    [InlineData(65, 2)]
    [InlineData(128, 2)]
    [InlineData(1_000, 5)]
    [InlineData(16_777_217, 20)]
    [InlineData(long.MaxValue, 20)]
    [InlineData(-5, 1)]
    public void Each_range_is_twice_as_wide_as_the_one_before(long microseconds, int lane) =>
        Assert.Equal(lane, LatencyScale.LaneOf(microseconds));

    [Fact]
    public void Nothing_timed_has_no_percentile() => Assert.Null(LatencyScale.Percentile(new long[LatencyScale.Lanes], 0.5));

    [Fact]
    public void Percentiles_lie_in_the_range_of_what_they_stand_for()
    {
        var lanes = new long[LatencyScale.Lanes];
        lanes[LatencyScale.LaneOf(1_000)] += 98;
        lanes[LatencyScale.LaneOf(500_000)] += 2;

        Assert.Equal(100, LatencyScale.Count(lanes));
        Assert.InRange(LatencyScale.Percentile(lanes, 0.5)!.Value, 0.000512, 0.001024);
        Assert.InRange(LatencyScale.Percentile(lanes, 0.99)!.Value, 0.262144, 0.524288);
    }
}
