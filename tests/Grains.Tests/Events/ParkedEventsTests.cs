using Otp.Events;
using Otp.Grains.Tests.Harness;

namespace Otp.Grains.Tests.Events;

/// <summary>What a shard keeps of events that were not taken, and what it costs to keep one more.</summary>
public sealed class ParkedEventsTests
{
    private const string Key = "test:0";

    private readonly TestStorage _storage = new();
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Write_stays_small_however_many_are_parked()
    {
        var parked = Create();
        for (var i = 0; i < ParkedEvents.Capacity; i++)
        {
            Assert.Equal(0, await ParkAsync(parked, i));
        }

        Assert.Equal(ParkedEvents.Capacity, _storage.Writes);
        Assert.Equal(Enumerable.Range(0, ParkedEvents.Capacity), await StoredAsync());
        Assert.All(_storage.Content.Split('\n'), static record => Assert.InRange(record.Length, 1, 20_000));
    }

    [Fact]
    public async Task Oldest_page_goes_when_all_are_full()
    {
        var parked = Create();
        var lost = 0;
        const int Count = (3 * ParkedEvents.Capacity) + 7;
        for (var i = 0; i < Count; i++)
        {
            lost += await ParkAsync(parked, i);
        }

        var kept = await StoredAsync();
        Assert.Equal(Count - lost, kept.Count);
        Assert.InRange(kept.Count, ParkedEvents.Capacity, ParkedEvents.Capacity + ParkedEvents.PageSize);
        Assert.Equal(Enumerable.Range(lost, kept.Count), kept);
    }

    [Fact]
    public async Task Event_that_is_parked_is_not_parked_again()
    {
        var parked = Create();
        await ParkAsync(parked, 1);

        Assert.Equal(0, await ParkAsync(Create(), 1));

        Assert.Equal([1], await StoredAsync());
        Assert.Equal(1, _storage.Writes);
    }

    [Fact]
    public async Task Two_activations_keep_what_the_other_has_parked_and_order_whatever_the_clocks_say()
    {
        var (first, second) = (Create(), Create(new ManualTimeProvider(_time.GetUtcNow() - TimeSpan.FromMinutes(1))));
        for (var i = 0; i < 2 * ParkedEvents.PageSize; i++)
        {
            Assert.Equal(0, await ParkAsync(i % 3 == 0 ? first : second, i));
        }

        Assert.Equal(Enumerable.Range(0, 2 * ParkedEvents.PageSize), await StoredAsync());
    }

    [Fact]
    public async Task What_an_earlier_version_has_parked_in_one_record_is_kept()
    {
        var parked = Create();
        await ParkAsync(parked, 0);
        _storage.Rewrite(static record => record.Replace("]}", "," + string.Join(',', Enumerable.Range(1, 199).Select(i => record[6..^2].Replace("user-0", $"user-{i}", StringComparison.Ordinal))) + "]}", StringComparison.Ordinal));

        await ParkAsync(parked, 200);

        Assert.Equal(Enumerable.Range(0, 201), (await StoredAsync()).Order());
    }

    [Fact]
    public async Task What_is_removed_makes_room_and_a_month_ends_the_rest()
    {
        var parked = Create();
        for (var i = 0; i < 120; i++)
        {
            await ParkAsync(parked, i);
        }

        await parked.RemoveAsync(static e => e.TargetKey != "user-60");
        await ParkAsync(parked, 120);
        Assert.Equal([60, 120], await StoredAsync());

        _time.Advance(ParkedEvents.Retention + TimeSpan.FromSeconds(1));
        await ParkAsync(parked, 121);
        Assert.Equal([121], await StoredAsync());
    }

    private ParkedEvents Create(TimeProvider? time = null) => new(Key, _storage.AsRecords(_time), time ?? _time);

    private static Task<int> ParkAsync(ParkedEvents parked, int number) => parked.ParkAsync($"user-{number}", new PendingEvent(EventType.Sent, At: 1), "500");

    // What an activation finds that knows nothing.
    private async Task<IReadOnlyList<int>> StoredAsync() => [.. (await Create().ReadAsync()).Select(static e => int.Parse(e.TargetKey.Split('-')[1]))];
}
