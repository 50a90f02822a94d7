using Orleans.Storage;
using Otp.Grains.Tests.Harness;
using Otp.Members;
using Otp.Programs;
using Otp.Storage;
using Otp.Targets;

namespace Otp.Grains.Tests.Storage;

/// <summary>Which of the storages a record is written through, and how long each of them keeps it.</summary>
public sealed class RecordStorageTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly ManualTimeProvider _time = new();

    [Theory]
    [InlineData("00:00:00", "01:00:00")]
    [InlineData("01:00:00", "01:00:00")]
    [InlineData("01:00:00.0000001", "1.00:00:00")]
    [InlineData("1.00:00:00", "1.00:00:00")]
    [InlineData("1.00:00:01", "7.00:00:00")]
    [InlineData("31.00:00:00", "31.00:00:00")]
    [InlineData("366.00:00:00", "366.00:00:00")]
    [InlineData("400.00:00:00", "400.00:00:00")]
    [InlineData("-1.00:00:00", "01:00:00")]
    public void A_record_goes_through_the_storage_that_keeps_it_long_enough_and_no_longer(string needed, string lifetime) =>
        Assert.Equal(Parse(lifetime), ChosenFor(Parse(needed), new OtpOptions()));

    [Fact]
    public void Retentions_that_settings_say_are_kept_as_they_are()
    {
        var options = new OtpOptions { CustomerRetention = TimeSpan.FromDays(20), MemberRetention = TimeSpan.FromDays(3660) };

        Assert.Equal(TimeSpan.FromDays(20), ChosenFor(options.CustomerRetention, options));
        Assert.Equal(TimeSpan.FromDays(3660), ChosenFor(options.MemberRetention, options));
    }

    [Fact]
    public void The_longest_rules_that_settings_allow_fit_with_the_shortest_retentions()
    {
        var options = new OtpOptions { CustomerRetention = Day, MemberRetention = Day };
        TimeSpan[] longest = [TimeSpan.FromDays(31), TimeSpan.FromDays(366)];

        Assert.All(longest, rule => Assert.Equal(rule, ChosenFor(rule, options)));
    }

    [Fact]
    public void A_target_that_was_only_sent_to_is_gone_from_Redis_after_a_day_and_an_hour()
    {
        var now = _time.GetUtcNow().UtcTicks;
        var rules = TestPrograms.RulesOf(TestPrograms.Default);
        var sent = rules.Send(TargetState.Empty, Purpose.None, new(Guid.CreateVersion7(_time.GetUtcNow()), 0), (default, 1), now).State;

        var lifetime = ChosenFor(TimeSpan.FromTicks(rules.NeededUntil(sent) - now), new OtpOptions());

        Assert.Equal(Day + Hour, RecordLifetimes.ExpiryOf(lifetime));
    }

    [Theory]
    [InlineData("1.00:00:00", 25 * 3600)]
    [InlineData("1.00:00:00.0000001", (25 * 3600) + 1)]
    [InlineData("1.00:00:00.9990000", (25 * 3600) + 1)]
    public void An_expiry_is_whole_seconds_rounded_up(string lifetime, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RecordLifetimes.ExpiryOf(Parse(lifetime)));

    [Fact]
    public async Task What_is_written_through_one_storage_is_read_and_cleared_through_any_other()
    {
        var records = new EmbeddedRecords(_time);
        var storage = new RecordStorage([.. Of(records, Hour, Day)], _time);
        var grain = GrainId.Create("member-email", "one");
        var until = _time.GetUtcNow().Add(Day).UtcTicks;
        var written = new StoredRecord<MemberEmailState>(storage, grain, MemberEmailState.Empty, static state => state.WrittenAt);
        await written.TryCommitAsync(new MemberEmailState { Owner = "p", WrittenAt = until });

        _time.Advance(Day);
        var read = new StoredRecord<MemberEmailState>(storage, grain, MemberEmailState.Empty, static state => state.WrittenAt);
        await read.TryCommitAsync(change: null);
        Assert.Equal("p", read.State.Owner);

        await read.ClearAsync();
        Assert.Equal(0, records.Count);
    }

    private static IEnumerable<(TimeSpan Lifetime, IGrainStorage Storage)> Of(EmbeddedRecords records, params TimeSpan[] lifetimes) =>
        lifetimes.Select(lifetime => (lifetime, (IGrainStorage)new EmbeddedStorage(records, new StateSerializer(), RecordLifetimes.ExpiryOf(lifetime))));

    private static TimeSpan Parse(string span) => TimeSpan.Parse(span, System.Globalization.CultureInfo.InvariantCulture);

    private TimeSpan ChosenFor(TimeSpan needed, OtpOptions options)
    {
        var storages = RecordLifetimes.All.Select(s => (Lifetime: s.Lifetime(options), Storage: (IGrainStorage)new TestStorage())).ToList();
        var chosen = new RecordStorage(storages, _time).KeepingUntil(_time.GetUtcNow().UtcTicks + needed.Ticks);
        return storages.Single(s => s.Storage == chosen).Lifetime;
    }
}
