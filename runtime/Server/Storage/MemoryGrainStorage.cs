using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Storage in memory. Records are kept serialized, so that what a grain holds and what is stored never share an object.</summary>
internal sealed class MemoryGrainStorage(string name, MemoryStore store, IGrainStorageSerializer serializer) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var record = store.Read(name, stateName, grainId);
        grainState.State = record is null ? NewState<T>.Create() : serializer.Deserialize<T>(record.Data);
        grainState.ETag = record?.Etag;
        grainState.RecordExists = record is not null;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (store.TryWrite(name, stateName, grainId, grainState.ETag, serializer.Serialize(grainState.State)) is not { } record)
        {
            return Task.FromException(Conflict(stateName, grainId, grainState.ETag));
        }

        grainState.ETag = record.Etag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (!store.TryDelete(name, stateName, grainId, grainState.ETag))
        {
            return Task.FromException(Conflict(stateName, grainId, grainState.ETag));
        }

        grainState.State = NewState<T>.Create();
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private InconsistentStateException Conflict(string stateName, GrainId grainId, string? etag) => new(
        $"The record {stateName} of a grain of type {grainId.Type} in storage {name} is not the one that was read.",
        store.Read(name, stateName, grainId)?.Etag,
        etag);
}
