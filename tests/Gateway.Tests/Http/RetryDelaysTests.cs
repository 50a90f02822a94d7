using Otp.Gateway.Http;

namespace Otp.Gateway.Tests.Http;

/// <summary>When a call counts as late.</summary>
public sealed class RetryDelaysTests
{
    private readonly RetryDelays _delays = new();

    [Fact]
    public void Quick_cluster_is_asked_again_soon_then_steadily_then_less_and_less_often() =>
        Assert.Equal([250, 500, 500, 500, 500, 1_000, 2_000, 4_000], Enumerable.Range(1, 8).Select(attempt => (int)_delays.Before(attempt).TotalMilliseconds));

    [Fact]
    public void Slow_cluster_is_given_ten_times_of_what_answers_take()
    {
        Note(TimeSpan.FromMilliseconds(100), times: 500);

        Assert.InRange(_delays.Before(1), TimeSpan.FromMilliseconds(950), TimeSpan.FromMilliseconds(1_050));
    }

    [Fact]
    public void Few_late_answers_among_quick_ones_change_nothing()
    {
        for (var i = 0; i < 100; i++)
        {
            Note(TimeSpan.FromSeconds(2), times: 3);
            Note(TimeSpan.FromMilliseconds(5), times: 7);
        }

        Assert.Equal(TimeSpan.FromMilliseconds(250), _delays.Before(1));
    }

    private void Note(TimeSpan elapsed, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _delays.Note(elapsed);
        }
    }
}
