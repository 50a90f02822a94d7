using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Otp.Conformance.Persistence;

/// <summary>A storage of one record a grain, which fails when the test says so.</summary>
internal sealed class FaultyStorage : IGrainStorage
{
    private readonly Dictionary<GrainId, (object State, int Version)> _records = [];
    private readonly Lock _gate = new();

    public Exception? ReadFault { get; set; }

    public Exception? WriteFault { get; set; }

    public int Reads { get; private set; }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_gate)
        {
            Reads++;
            if (ReadFault is { } fault)
                return Task.FromException(fault);
            if (_records.TryGetValue(grainId, out var record))
                (grainState.State, grainState.ETag, grainState.RecordExists) = (Copy((T)record.State), record.Version.ToString(), true);
            return Task.CompletedTask;
        }
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_gate)
        {
            if (WriteFault is { } fault)
                return Task.FromException(fault);
            var version = _records.TryGetValue(grainId, out var record) ? record.Version + 1 : 1;
            _records[grainId] = (Copy(grainState.State)!, version);
            (grainState.ETag, grainState.RecordExists) = (version.ToString(), true);
            return Task.CompletedTask;
        }
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_gate)
        {
            _records.Remove(grainId);
            grainState.RecordExists = false;
            return Task.CompletedTask;
        }
    }

    private static T Copy<T>(T state) => (T)(object)new CounterState { Value = ((CounterState)(object)state!).Value };
}
