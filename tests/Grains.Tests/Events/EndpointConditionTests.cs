using Otp.Events;

namespace Otp.Grains.Tests.Events;

public sealed class EndpointConditionTests
{
    [Fact]
    public void Endpoint_is_away_after_so_many_failures_in_a_row_for_one_second_doubled_up_to_thirty()
    {
        var endpoint = new EndpointCondition();
        for (var i = 1; i < EndpointCondition.FailuresOfAway; i++)
        {
            Assert.False(endpoint.Note(isTaken: false, now: 100));
            Assert.Equal((false, 0), (endpoint.IsAway, endpoint.AwayUntil));
        }

        Assert.True(endpoint.Note(isTaken: false, now: 100));
        var pauses = new List<double> { Pause() };
        for (var i = 0; i < 200; i++)
        {
            Assert.False(endpoint.Note(isTaken: false, now: 100));
            pauses.Add(Pause());
        }

        Assert.Equal([1, 2, 4, 8, 16, 30, 30], pauses.Take(7));
        Assert.Equal(30, pauses[^1]);

        double Pause() => TimeSpan.FromTicks(endpoint.AwayUntil - 100).TotalSeconds;
    }

    [Fact]
    public void Endpoint_is_back_when_it_takes_one()
    {
        var endpoint = new EndpointCondition();
        for (var i = 0; i < EndpointCondition.FailuresOfAway + 3; i++)
        {
            endpoint.Note(isTaken: false, now: 0);
        }

        Assert.True(endpoint.Note(isTaken: true, now: 0));
        Assert.Equal((false, 0), (endpoint.IsAway, endpoint.AwayUntil));
        Assert.False(endpoint.Note(isTaken: true, now: 0));
    }
}
