using Otp.Events;
using Otp.Grains.Tests.Harness;

namespace Otp.Grains.Tests.Events;

/// <summary>Which targets a shard expects to have events: what is durable, at what cost, and what another activation finds.</summary>
public sealed class ExpectedTargetsTests
{
    private static readonly GrainId Outbox = GrainId.Create(EventOutboxGrain.TypeName, "test:0");

    private readonly TestStorage _storage = new();
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Target_is_durable_before_it_is_added()
    {
        await Create().AddAsync("a");

        Assert.Equal(["a"], await StoredAsync());
    }

    [Fact]
    public async Task Target_that_is_known_costs_no_write()
    {
        var targets = Create();
        await targets.AddAsync("a");
        await targets.AddAsync("a");

        Assert.Equal(1, _storage.Writes);
    }

    [Fact]
    public async Task All_that_come_at_once_share_a_write_or_two()
    {
        var targets = Create();

        await Task.Factory.StartNew(
            () => Task.WhenAll(Enumerable.Range(0, 200).Select(i => targets.AddAsync($"{i}"))), CancellationToken.None, TaskCreationOptions.None, OneAtATime()).Unwrap();

        Assert.InRange(_storage.Writes, 1, 2);
        Assert.Equal(200, (await StoredAsync()).Count);
    }

    [Fact]
    public async Task Removed_target_goes_with_the_next_write()
    {
        var known = new List<ExpectedTarget>();
        var targets = Create(known.Add);
        await targets.AddAsync("a");
        targets.Remove(known[0]);
        Assert.True(targets.HasRemovals);
        Assert.Equal(["a"], await StoredAsync());

        await targets.AddAsync("b");

        Assert.False(targets.HasRemovals);
        Assert.Equal(["b"], await StoredAsync());
    }

    [Fact]
    public async Task Target_that_is_removed_and_comes_back_is_durable_again()
    {
        var known = new List<ExpectedTarget>();
        var targets = Create(known.Add);
        await targets.AddAsync("a");
        targets.Remove(known[0]);
        await targets.WriteAsync();
        Assert.Empty(await StoredAsync());

        await targets.AddAsync("a");

        Assert.Equal(["a"], await StoredAsync());
    }

    [Theory]
    [InlineData(StorageFault.Lost)]
    [InlineData(StorageFault.Unanswered)]
    public async Task Write_that_fails_fails_the_call_and_loses_nothing(StorageFault fault)
    {
        var targets = Create();
        await targets.AddAsync("a");
        _storage.FailNextWrite(fault);
        await Assert.ThrowsAnyAsync<OrleansException>(() => targets.AddAsync("b"));

        await targets.AddAsync("b");

        Assert.Equal(["a", "b"], await StoredAsync());
    }

    [Fact]
    public async Task Two_activations_keep_what_the_other_has_added()
    {
        var (first, second) = (Create(), Create());
        await first.AddAsync("a");
        await second.AddAsync("b");
        await first.AddAsync("c");

        Assert.Equal(["a", "b", "c"], await StoredAsync());
    }

    [Fact]
    public async Task Removal_by_one_activation_does_not_take_away_what_another_has_added_again()
    {
        var known = new List<ExpectedTarget>();
        var first = Create(known.Add);
        await first.AddAsync("a");
        var second = Create();
        await second.AddAsync("b");
        await second.AddAsync("a");
        first.Remove(known.Single(static target => target.Key == "a"));

        await first.WriteAsync();

        Assert.Equal(["a", "b"], await StoredAsync());
    }

    [Fact]
    public async Task Write_stays_small_however_many_wait()
    {
        var targets = Create();
        for (var i = 0; i < 5_000; i++)
        {
            await targets.AddAsync($"test:{i:d43}");
        }

        Assert.Equal(5_000, (await StoredAsync()).Count);
        var head = _storage.Content.Split('\n').Single(static line => line.StartsWith($"{EventOutboxGrain.TypeName}/", StringComparison.Ordinal));
        Assert.True(head.Length < 50_000, $"The record that is written for each target has {head.Length} characters.");
    }

    [Fact]
    public async Task Segment_whose_targets_are_gone_is_gone()
    {
        var known = new List<ExpectedTarget>();
        var targets = Create(known.Add);
        for (var i = 0; i < 1_000; i++)
        {
            await targets.AddAsync($"{i}");
        }

        Assert.True(_storage.Count > 1);
        foreach (var target in known)
        {
            targets.Remove(target);
        }

        await targets.WriteAsync();

        Assert.Equal(1, _storage.Count);
        Assert.Empty(await StoredAsync());
        Assert.Equal(0, targets.Count);
    }

    private ExpectedTargets Create(Action<ExpectedTarget>? added = null) => new(Outbox, _storage.AsRecords(_time), _time, added ?? (static _ => { }));

    // What an activation finds that knows nothing.
    private async Task<IReadOnlyList<string>> StoredAsync()
    {
        var found = new List<string>();
        await Create(target => found.Add(target.Key)).ReadAsync();
        return [.. found.Order(StringComparer.Ordinal)];
    }

    // As a grain's scheduler.
    private static TaskScheduler OneAtATime() => new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
}
