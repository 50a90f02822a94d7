using Otp.Fraud;
using Otp.Programs;

namespace Otp.Grains.Tests.Fraud;

public sealed class PrefixRulesTests
{
    private const long Minute = TimeSpan.TicksPerMinute;

    // The first instant of a minute.
    private static readonly long Start = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero).UtcTicks;

    private readonly PrefixStore _store = new();
    private readonly PrefixDriver _prefix;

    public PrefixRulesTests() => _prefix = NewDriver(budget: 3);

    [Fact]
    public void Prefix_gets_as_many_codes_that_nobody_verifies_as_the_budget_says() => Assert.Equal(3, Accepted(_prefix, 10, Start));

    [Fact]
    public void Verified_send_gives_its_place_back()
    {
        var minute = _prefix.Reserve(Start).Minute!.Value;
        Assert.Equal(2, Accepted(_prefix, 10, Start));

        _prefix.Convert(minute, Start + 1);

        Assert.Equal(1, Accepted(_prefix, 10, Start + 2));
    }

    [Fact]
    public void Send_of_which_nothing_left_gives_its_place_back()
    {
        var minute = _prefix.Reserve(Start).Minute!.Value;
        Assert.Equal(2, Accepted(_prefix, 10, Start));

        _prefix.Release(minute, Start + 1);

        Assert.Equal(1, Accepted(_prefix, 10, Start + 2));
        Assert.Equal(3, PrefixRules.Report(_prefix.State, Start + 2).Sends);
    }

    [Fact]
    public void More_conversions_than_sends_are_not_believed()
    {
        var minute = _prefix.Reserve(Start).Minute!.Value;
        for (var i = 0; i < 5; i++)
        {
            _prefix.Convert(minute, Start);
            _prefix.Convert(minute + 1, Start);
        }

        Assert.Equal(new PrefixReport(1, 1, BlockedUntil: null), PrefixRules.Report(_prefix.State, Start));
        Assert.Equal(3, Accepted(_prefix, 10, Start));
    }

    [Fact]
    public void Send_counts_for_an_hour_and_a_minute_more_at_most()
    {
        var now = Start + (Minute / 2);
        Accepted(_prefix, 3, now);

        Assert.Equal(3, PrefixRules.Report(_prefix.State, now + TimeSpan.TicksPerHour).Sends);
        Assert.Equal(3, PrefixRules.Report(_prefix.State, Start + TimeSpan.TicksPerHour + Minute - 1).Sends);
        Assert.Equal(0, PrefixRules.Report(_prefix.State, Start + TimeSpan.TicksPerHour + Minute).Sends);
    }

    [Fact]
    public void Prefix_whose_codes_are_verified_is_open_whatever_the_budget()
    {
        var now = Start;
        for (var i = 0; i < 5_000; i++)
        {
            now += TimeSpan.TicksPerSecond;
            var minute = _prefix.Reserve(now).Minute;
            Assert.NotNull(minute);
            if (i % 2 == 0)
            {
                _prefix.Convert(minute.Value, now);
            }
        }

        Assert.InRange(PrefixRules.Report(_prefix.State, now).Sends, 3_600, 3_660);
    }

    [Fact]
    public void Share_of_verified_codes_below_the_floor_leaves_the_budget_alone()
    {
        var prefix = NewDriver(budget: 10);
        var minutes = Enumerable.Range(0, 10).Select(_ => prefix.Reserve(Start).Minute!.Value).ToList();
        foreach (var minute in minutes.Take(4))
        {
            prefix.Convert(minute, Start);
        }

        // 6 of 10 are not verified, so the budget allows 4 more; with 15 the share of the verified ones would be below 30 %.
        Assert.Equal(4, Accepted(prefix, 100, Start));
    }

    [Fact]
    public void Budget_that_is_used_up_blocks_once_its_sends_have_had_time_to_be_verified()
    {
        Accepted(_prefix, 3, Start);
        Assert.False(_prefix.Reserve(Start + (2 * Minute)).Blocks);

        var decision = _prefix.Reserve(Start + (3 * Minute));

        Assert.True(decision.Blocks);
        Assert.True(decision.IsDurable);
        Assert.Null(decision.Minute);
        Assert.Equal(Start + (3 * Minute) + TimeSpan.FromHours(4).Ticks, decision.State.BlockedUntil);
        Assert.False(_prefix.Reserve(Start + (4 * Minute)).Blocks);
    }

    [Fact]
    public void Burst_that_is_verified_a_little_later_blocks_nothing()
    {
        var minutes = Enumerable.Range(0, 3).Select(_ => _prefix.Reserve(Start).Minute!.Value).ToList();
        Assert.Equal(0, Accepted(_prefix, 50, Start + TimeSpan.TicksPerSecond));
        minutes.ForEach(minute => _prefix.Convert(minute, Start + Minute));

        Assert.Equal(4, Accepted(_prefix, 4, Start + (10 * Minute)));
        Assert.Equal(0, _prefix.State.BlockedUntil);
    }

    [Fact]
    public void Block_ends_by_itself_and_what_is_still_of_the_last_hour_counts_on()
    {
        var prefix = NewDriver(budget: 3, blockFor: 10);
        Accepted(prefix, 3, Start);
        Assert.True(prefix.Reserve(Start + (3 * Minute)).Blocks);
        Assert.False(prefix.Reserve(Start + (13 * Minute) - 1).Blocks);

        Assert.True(prefix.Reserve(Start + (13 * Minute)).Blocks);
        Assert.Equal(3, Accepted(prefix, 10, Start + (70 * Minute)));
    }

    [Fact]
    public void One_write_allows_a_tenth_of_the_budget()
    {
        var prefix = NewDriver(budget: 50);
        Assert.Equal(5, prefix.Lease);

        Accepted(prefix, 25, Start);

        Assert.Equal(5, _store.Etag);
        Assert.Equal(100, NewDriver(budget: 1_000_000).Lease);
    }

    [Fact]
    public void After_a_crash_all_that_the_last_write_allowed_counts()
    {
        var prefix = NewDriver(budget: 50);
        Accepted(prefix, 6, Start);

        prefix.Reload();

        Assert.Equal(10, PrefixRules.Report(prefix.State, Start + Minute).Sends);
        Assert.Equal(40, Accepted(prefix, 100, Start + Minute));
    }

    [Fact]
    public void Silo_that_stops_in_order_leaves_what_was_counted()
    {
        var prefix = NewDriver(budget: 50);
        Accepted(prefix, 6, Start);
        prefix.Convert(PrefixRules.MinuteOf(Start), Start);

        prefix.Close(Start);
        prefix.Reload();

        Assert.Equal(new PrefixReport(6, 1, BlockedUntil: null), PrefixRules.Report(prefix.State, Start));
        Assert.Equal(45, Accepted(prefix, 100, Start));
    }

    [Fact]
    public void Conversions_are_saved_before_a_crash_can_lose_many()
    {
        var prefix = NewDriver(budget: 50);
        Accepted(prefix, 20, Start);
        for (var i = 0; i < 19; i++)
        {
            prefix.Convert(PrefixRules.MinuteOf(Start), Start);
        }

        prefix.Reload();

        Assert.Equal(15, PrefixRules.Report(prefix.State, Start).Conversions);
    }

    [Fact]
    public void What_a_write_allowed_ends_after_an_hour()
    {
        var prefix = NewDriver(budget: 50);
        Accepted(prefix, 1, Start);
        Accepted(prefix, 1, Start + (59 * Minute));
        Assert.Equal(1, _store.Etag);

        Accepted(prefix, 1, Start + (62 * Minute));
        Assert.Equal(2, _store.Etag);
        prefix.Reload();

        Assert.Equal(0, PrefixRules.Report(prefix.State, Start + (200 * Minute)).Sends);
    }

    [Fact]
    public void Silo_whose_clock_is_behind_counts_no_send_as_older_than_it_is()
    {
        Accepted(_prefix, 1, Start + (5 * Minute));

        Assert.Equal(PrefixRules.MinuteOf(Start + (5 * Minute)), _prefix.Reserve(Start).Minute);
        Assert.Equal(1, Accepted(_prefix, 10, Start));
    }

    [Fact]
    public void Record_is_kept_for_as_long_as_anything_in_it_counts()
    {
        Assert.Equal(0, PrefixRules.NeededUntil(PrefixState.Empty));
        Accepted(_prefix, 1, Start);
        Assert.Equal(Start + TimeSpan.TicksPerHour + Minute, PrefixRules.NeededUntil(_prefix.State));

        Accepted(_prefix, 2, Start);
        _prefix.Reserve(Start + (3 * Minute));

        Assert.Equal(Start + (3 * Minute) + TimeSpan.FromHours(4).Ticks, PrefixRules.NeededUntil(_prefix.State));
    }

    private static int Accepted(PrefixDriver prefix, int asked, long now) => Enumerable.Range(0, asked).Count(_ => prefix.Reserve(now).Minute is not null);

    private PrefixDriver NewDriver(int budget, int blockFor = 240) =>
        new(new FraudGuard(budget, ConversionFloor: 0.3, TimeSpan.FromMinutes(blockFor), PrefixDigits: 5, []), _store);
}
