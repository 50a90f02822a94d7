using Otp.Events;
using Otp.Targets;

namespace Otp.Grains.Tests.Events;

/// <summary>The events in a target's record: their order, their bound, and how long they keep the record.</summary>
public sealed class EventOutboxTests
{
    private const long Now = 639_000_000_000_000_000;

    [Fact]
    public void Events_of_one_instant_and_of_a_clock_that_went_back_keep_their_order()
    {
        var outbox = EventOutbox.Empty.Add(Event(EventType.Sent), Now + 7).Add(Event(EventType.Failed), Now + 7).Add(Event(EventType.Verified), Now - 1_000_000);

        Assert.Equal([Now, Now + 10, Now + 20], outbox.Pending.Select(static e => e.At));
    }

    [Fact]
    public void Order_goes_on_when_all_events_are_delivered()
    {
        var outbox = EventOutbox.Empty.Add(Event(EventType.Sent), Now).Forget(Now).Add(Event(EventType.Verified), Now - 5);

        Assert.Equal(Now + 10, Assert.Single(outbox.Pending).At);
    }

    [Fact]
    public void Forgetting_takes_away_what_was_told_and_no_more()
    {
        var outbox = EventOutbox.Empty.Add(Event(EventType.Sent), Now).Add(Event(EventType.Verified), Now);

        Assert.Same(outbox, outbox.Forget(Now - 1));
        Assert.Equal(EventType.Verified, Assert.Single(outbox.Forget(Now).Pending).Type);
        Assert.Empty(outbox.Forget(Now + 10).Pending);
    }

    [Fact]
    public void Full_outbox_loses_a_wrong_guess_before_anything_else()
    {
        var outbox = EventOutbox.Empty.Add(Event(EventType.Sent), Now);
        for (var i = 0; i < 10 * EventOutbox.MaxPending; i++)
        {
            outbox = outbox.Add(Event(EventType.Failed), Now);
        }

        Assert.Equal(EventOutbox.MaxPending, outbox.Pending.Length);
        Assert.Equal(EventType.Sent, outbox.Pending[0].Type);
        for (var i = 0; i < EventOutbox.MaxPending; i++)
        {
            outbox = outbox.Add(Event(EventType.Locked), Now);
        }

        Assert.Equal(EventOutbox.MaxPending, outbox.Pending.Length);
        Assert.All(outbox.Pending, static e => Assert.Equal(EventType.Locked, e.Type));
    }

    [Fact]
    public void Events_keep_the_record_a_week_and_delivered_ones_do_not()
    {
        var rules = TestPrograms.RulesOf(TestPrograms.Default);
        var outbox = EventOutbox.Empty.Add(Event(EventType.Sent), Now);
        var state = new TargetState { Sends = [Now], Outbox = outbox };

        Assert.Equal(Now + TimeSpan.FromDays(7).Ticks, rules.NeededUntil(state));
        Assert.Equal(Now + TimeSpan.FromDays(1).Ticks, rules.NeededUntil(state with { Outbox = outbox.Forget(Now) }));
        Assert.False((TargetState.Empty with { Outbox = outbox }).IsEmpty);
        Assert.True((TargetState.Empty with { Outbox = outbox.Forget(Now) }).IsEmpty);
    }

    [Fact]
    public void Shard_follows_from_the_target_and_leads_back_to_the_program()
    {
        var index = new TargetIndex(new byte[32]);
        var keys = Enumerable.Range(0, 500).Select(i => index.KeyFor("a-b_c", new Target(Channel.Email, $"u{i}@example.com"))).Select(EventShards.KeyFor).ToList();

        Assert.Equal(EventShards.Of("a-b_c").Order(StringComparer.Ordinal), keys.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.All(keys, static key => Assert.Equal("a-b_c", EventShards.ProgramOf(key)));
        Assert.Equal("a-b_c", EventShards.ProgramOf(EventShards.KeyFor(index.DecoyFor("a-b_c", "nobody@example.com"))));
    }

    private static PendingEvent Event(EventType type) => new(type, At: 0);
}
