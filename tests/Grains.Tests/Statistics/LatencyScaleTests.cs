namespace Otp.Statistics;

public sealed class LatencyScaleTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.0000019, 0)]
    [InlineData(0.000002, 1)]
    [InlineData(0.001, 9)]
    [InlineData(1.1, 20)]
    [InlineData(33, 24)]
    [InlineData(34, 25)]
    [InlineData(1e12, 25)]
    [InlineData(-5, 0)]
    public void Each_range_is_twice_as_wide_as_the_one_before(double seconds, int range) =>
        Assert.Equal(range, LatencyScale.RangeOf(seconds));

    [Fact]
    public void Nothing_timed_has_no_percentile() => Assert.Null(LatencyScale.Percentile(new long[LatencyScale.Ranges], 0.5));

    [Fact]
    public void Percentiles_lie_in_the_range_of_what_they_stand_for()
    {
        var counts = new long[LatencyScale.Ranges];
        counts[LatencyScale.RangeOf(0.001)] += 98;
        counts[LatencyScale.RangeOf(0.5)] += 2;

        Assert.InRange(LatencyScale.Percentile(counts, 0.5)!.Value, 0.512, 1.024);
        Assert.InRange(LatencyScale.Percentile(counts, 0.99)!.Value, 262.144, 524.288);
        Assert.InRange(LatencyScale.Percentile(counts, 1)!.Value, 524.28, 524.29);
    }
}
