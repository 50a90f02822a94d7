using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Storage;

namespace Orleans.Otp.Conformance.Persistence;

/// <summary>What <c>[PersistentState]</c> promises, on memory storage.</summary>
public sealed class PersistenceTests
{
    [Fact]
    public async Task A_grain_never_written_has_an_empty_state_and_no_record()
    {
        await using var silo = await StartAsync();
        var counter = silo.Grain<ICounterGrain>("one");

        Assert.Equal(0, await counter.Value());
        Assert.False(await counter.RecordExists());
    }

    [Fact]
    public async Task State_is_read_before_activation()
    {
        await using var silo = await StartAsync();
        var counter = silo.Grain<ICounterGrain>("one");

        await counter.Write(42);
        await counter.Deactivate();

        Assert.Equal(42, await counter.ValueAtActivation().InTime());
        Assert.True(await counter.RecordExists());
    }

    [Fact]
    public async Task What_was_not_written_is_gone_with_the_activation()
    {
        await using var silo = await StartAsync();
        var counter = silo.Grain<ICounterGrain>("one");

        await counter.Write(1);
        await counter.WriteThrough("two", 5);
        Assert.Equal(5, await counter.Value());
        await counter.Deactivate();

        Assert.Equal(1, await counter.Value().InTime());
    }

    [Fact]
    public async Task Every_write_changes_the_etag()
    {
        await using var silo = await StartAsync();
        var counter = silo.Grain<ICounterGrain>("one");

        await counter.Write(1);
        var first = await counter.Etag();
        await counter.Write(1);
        var second = await counter.Etag();

        Assert.NotNull(first);
        Assert.NotNull(second);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Reading_replaces_the_state_in_memory()
    {
        await using var silo = await StartAsync();
        var counter = silo.Grain<ICounterGrain>("one");

        await counter.Write(1);
        await WriteBehindAsync(silo, "one", 9);
        await counter.Read();

        Assert.Equal(9, await counter.Value());
        await counter.Write(10);
    }

    [Fact]
    public async Task A_cleared_grain_has_a_new_state_and_no_record()
    {
        await using var silo = await StartAsync();
        var counter = silo.Grain<ICounterGrain>("one");

        await counter.Write(42);
        await counter.Clear();
        Assert.Equal(0, await counter.Value());
        Assert.False(await counter.RecordExists());

        await counter.Deactivate();
        Assert.Equal(0, await counter.Value().InTime());
        Assert.False(await counter.RecordExists());
    }

    [Fact]
    public async Task A_cleared_grain_can_be_written_again()
    {
        await using var silo = await StartAsync();
        var counter = silo.Grain<ICounterGrain>("one");

        await counter.Write(1);
        await counter.Clear();
        await counter.Write(2);
        await counter.Deactivate();

        Assert.Equal(2, await counter.Value().InTime());
    }

    [Fact]
    public async Task A_write_over_one_not_seen_is_refused_reaches_the_caller_and_drops_the_activation()
    {
        await using var silo = await StartAsync();
        var counter = silo.Grain<ICounterGrain>("one");
        await counter.Write(1);
        await WriteBehindAsync(silo, "one", 9);

        await Assert.ThrowsAsync<InconsistentStateException>(() => counter.Write(2).InTime());

        Assert.Equal(9, await counter.ValueAtActivation().InTime());
        await counter.Write(10).InTime();
        Assert.Equal(10, await counter.Value());
    }

    [Fact]
    public async Task An_inconsistent_state_of_another_grain_does_not_drop_its_caller()
    {
        await using var silo = await StartAsync();
        var counter = silo.Grain<ICounterGrain>("one");
        await silo.Grain<ICounterGrain>("two").Write(1);
        await WriteBehindAsync(silo, "two", 9);

        await Assert.ThrowsAsync<InconsistentStateException>(() => counter.WriteThrough("two", 5).InTime());

        Assert.Equal(5, await counter.Value().InTime());
    }

    [Fact]
    public async Task Grains_do_not_share_records()
    {
        await using var silo = await StartAsync();

        await silo.Grain<ICounterGrain>("one").Write(1);
        await silo.Grain<ICounterGrain>("two").Write(2);

        Assert.Equal(1, await silo.Grain<ICounterGrain>("one").Value());
        Assert.Equal(2, await silo.Grain<ICounterGrain>("two").Value());
    }

    private static Task<TestSilo> StartAsync() =>
        TestSilo.StartAsync(configure: silo => silo.AddMemoryGrainStorage(CounterGrain.StorageName));

    /// <summary>Writes a grain's record as another activation of it would, in a split.</summary>
    private static async Task WriteBehindAsync(TestSilo silo, string key, int value)
    {
        var storage = silo.Services.GetRequiredKeyedService<IGrainStorage>(CounterGrain.StorageName);
        var grainId = silo.Grain<ICounterGrain>(key).GetGrainId();
        var state = new GrainState<CounterState>(new());
        await storage.ReadStateAsync(CounterGrain.StateName, grainId, state);
        state.State.Value = value;
        await storage.WriteStateAsync(CounterGrain.StateName, grainId, state);
    }
}
