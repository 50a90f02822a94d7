using Otp.Fraud;
using Otp.Gateway.Admin;
using Otp.Gateway.Operations;
using Otp.Statistics;

namespace Otp.Gateway.Tests.Operations;

public sealed class OpsViewTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    [Theory]
    [InlineData(null)]
    [InlineData("acme")]
    public void Receipts_are_shown_by_provider_state_and_reason(string? program)
    {
        var statistics = new StatisticsSnapshot(
            DateTimeOffset.UnixEpoch,
            [
                Series("twilio", "undelivered", "blocked", 2), Series("twilio", "delivered", "", 7), Series("hook", "delivered", "", 1), Series("twilio", "sent", "", 0),
            ],
            []);

        var view = OpsView.Of(statistics, [], program);

        Assert.Equal(
            [
                new ReceiptCount("hook", "delivered", "", Hour: 1, LastMinute: 1),
                new ReceiptCount("twilio", "delivered", "", Hour: 7, LastMinute: 7),
                new ReceiptCount("twilio", "undelivered", "blocked", Hour: 2, LastMinute: 2),
            ],
            view.Receipts);
    }

    [Fact]
    public void Events_are_counted_by_outcome_beside_what_waits_and_is_parked()
    {
        var statistics = Statistics(
            Events("acme", "", "delivered", 7), Events("acme", "503", "failed", 2), Events("acme", "timeout", "failed", 1), Events("acme", "410", "failed", 0),
            Events("acme", "", "parked", 4), Events("acme", "", "dropped", 3));

        var shown = Assert.Single(OpsView.Of(statistics, [State("acme", new EventsAnswer(5, Now, 4, []))], "acme").Events);

        Assert.Equal(("acme", 7L, 3L), (shown.Program, shown.Delivered, shown.Lost));
        Assert.Equal([("503", 2L), ("timeout", 1L)], shown.Failures.Select(failure => (failure.Key, failure.Value)).Order());
        Assert.Equal((5, Now, 4), (shown.WaitingTargets, shown.WaitingSince, shown.Parked));
    }

    [Fact]
    public void Program_without_an_endpoint_and_a_guard_has_no_part_of_the_page()
    {
        var view = OpsView.Of(Statistics(Events("acme", "", "delivered", 7)), [State("acme")], "acme");

        Assert.Empty(view.Events);
        Assert.Empty(view.Guards);
    }

    [Fact]
    public void Guard_that_blocks_nothing_is_shown_and_of_many_blocks_the_latest_with_their_number()
    {
        var many = Enumerable.Range(0, 30).Select(i => new BlockedPrefix($"+{i}", Now, Now.AddHours(4), 2, 1)).ToArray();

        var view = OpsView.Of(Statistics(), [State("acme", blocked: []), State("globex", blocked: many)], program: null);

        Assert.Equal([("acme", 0), ("globex", 30)], view.Guards.Select(guard => (guard.Program, guard.Blocked)));
        Assert.Equal(many[..GuardStatus.MostShown], view.Guards[1].Latest);
    }

    [Theory]
    [InlineData(null, new[] { "acme", "globex" })]
    [InlineData("acme", new[] { "acme" })]
    [InlineData("initech", new string[0])]
    public void Nobody_sees_another_programs_events_and_blocks(string? program, string[] seen)
    {
        var states = new[] { "acme", "globex" }.Select(id => State(id, new EventsAnswer(0, null, 1, []), [new BlockedPrefix("+44", Now, Now.AddHours(4), 2, 1)]));

        var view = OpsView.Of(Statistics(Events("acme", "", "delivered", 1), Events("globex", "", "delivered", 1)), states, program);

        Assert.Equal(seen, view.Events.Select(events => events.Program));
        Assert.All(view.Events, events => Assert.Equal(1, events.Delivered));
        Assert.Equal(seen, view.Guards.Select(guard => guard.Program));
    }

    private static ProgramState State(string program, EventsAnswer? events = null, BlockedPrefix[]? blocked = null) =>
        new(program, events, blocked is null ? null : [.. blocked]);

    private static StatisticsSnapshot Statistics(params SeriesHistory[] series) => new(Now, [.. series], []);

    private static SeriesHistory Events(string program, string failure, string outcome, long count) =>
        Series(new SeriesKey(Measure.Events, program, failure, outcome), count);

    private static SeriesHistory Series(string provider, string state, string reason, long count) =>
        Series(new SeriesKey(Measure.Receipts, provider, state, reason, Program: "acme"), count);

    private static SeriesHistory Series(SeriesKey key, long count)
    {
        var minutes = new long[StatisticsHour.Minutes];
        minutes[^1] = count;
        return new SeriesHistory(key, [.. minutes], count);
    }
}
