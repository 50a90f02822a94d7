using Orleans.Runtime;

namespace Orleans.Otp.Conformance.Persistence;

public sealed class CounterGrain(
    [PersistentState(CounterGrain.StateName, CounterGrain.StorageName)] IPersistentState<CounterState> state) : Grain, ICounterGrain
{
    public const string StateName = "counter";
    public const string StorageName = "counters";

    private int _valueAtActivation;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _valueAtActivation = state.State.Value;
        return Task.CompletedTask;
    }

    public Task<int> Value() => Task.FromResult(state.State.Value);

    public Task<int> ValueAtActivation() => Task.FromResult(_valueAtActivation);

    public Task<bool> RecordExists() => Task.FromResult(state.RecordExists);

    public Task<string?> Etag() => Task.FromResult<string?>(state.Etag);

    public async Task Write(int value)
    {
        state.State.Value = value;
        await state.WriteStateAsync();
    }

    public async Task WriteThrough(string other, int value)
    {
        state.State.Value = value;
        await GrainFactory.GetGrain<ICounterGrain>(other).Write(value);
    }

    public Task Read() => state.ReadStateAsync();

    public Task Clear() => state.ClearStateAsync();

    public Task Deactivate()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
