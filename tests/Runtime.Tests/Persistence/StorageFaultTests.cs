using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Otp.Conformance.Persistence;

/// <summary>What a grain and its caller see of a storage that fails.</summary>
public sealed class StorageFaultTests
{
    private readonly FaultyStorage _storage = new();

    [Fact]
    public async Task A_failed_write_reaches_the_caller_and_the_grain_lives_on()
    {
        await using var silo = await StartAsync();
        var counter = silo.Grain<ICounterGrain>("one");
        await counter.Write(1);
        _storage.WriteFault = new InvalidOperationException("disk full");

        var exception = await Assert.ThrowsAsync<OrleansException>(() => counter.Write(2).InTime());

        Assert.Contains("disk full", exception.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await counter.Value());
        _storage.WriteFault = null;
        await counter.Write(3);
        await counter.Deactivate();
        Assert.Equal(3, await counter.Value().InTime());
    }

    [Fact]
    public async Task A_failed_write_that_is_an_Orleans_exception_reaches_the_caller_as_it_is()
    {
        await using var silo = await StartAsync();
        var counter = silo.Grain<ICounterGrain>("one");
        _storage.WriteFault = new OrleansException("as it is");

        var exception = await Assert.ThrowsAsync<OrleansException>(() => counter.Write(2).InTime());

        Assert.Equal("as it is", exception.Message);
    }

    [Fact]
    public async Task A_failed_read_fails_the_activation_and_the_next_call_reads_again()
    {
        await using var silo = await StartAsync();
        var counter = silo.Grain<ICounterGrain>("one");
        _storage.ReadFault = new InvalidOperationException("no connection");

        var exception = await Assert.ThrowsAsync<OrleansException>(() => counter.Value().InTime());

        Assert.Contains("no connection", exception.ToString(), StringComparison.Ordinal);
        _storage.ReadFault = null;
        Assert.Equal(0, await counter.Value().InTime());
        Assert.Equal(2, _storage.Reads);
    }

    [Fact]
    public async Task An_inconsistent_state_drops_the_activation()
    {
        await using var silo = await StartAsync();
        var counter = silo.Grain<ICounterGrain>("one");
        await counter.Write(1);
        _storage.WriteFault = new InconsistentStateException("another wrote", "stored", "ours");

        await Assert.ThrowsAsync<InconsistentStateException>(() => counter.Write(2).InTime());

        _storage.WriteFault = null;
        Assert.Equal(1, await counter.Value().InTime());
        Assert.Equal(2, _storage.Reads);
    }

    private Task<TestSilo> StartAsync() =>
        TestSilo.StartAsync(configure: silo => silo.Services.AddKeyedSingleton<IGrainStorage>(CounterGrain.StorageName, _storage));
}
