using System.Runtime.CompilerServices;
using Orleans.Storage;

namespace Otp.Storage;

/// <summary>Stores records in <see cref="EmbeddedRecords"/>, with the etag rules of Orleans' storage in Redis.</summary>
/// <param name="serializer">Serializes a state, so that a stored record shares no object with a grain.</param>
/// <param name="expiry">How long a record is kept after a write.</param>
public sealed class EmbeddedStorage(EmbeddedRecords records, IGrainStorageSerializer serializer, TimeSpan expiry) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var record = records.Find(new(grainId, stateName));
        grainState.State = record is null ? Activator.CreateInstance<T>() : serializer.Deserialize<T>(new BinaryData(record.Data));
        grainState.ETag = record?.Etag;
        grainState.RecordExists = record is not null;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var data = serializer.Serialize(grainState.State).ToMemory();
        if (records.TryWrite(new(grainId, stateName), grainState.ETag, data, expiry) is not { } record)
        {
            return Conflict(grainId, grainState.ETag);
        }

        grainState.ETag = record.Etag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (!records.TryDelete(new(grainId, stateName), grainState.ETag))
        {
            return Conflict(grainId, grainState.ETag);
        }

        (grainState.State, grainState.ETag, grainState.RecordExists) = (Activator.CreateInstance<T>(), null, false);
        return Task.CompletedTask;
    }

    private static Task Conflict(GrainId grain, string? etag, [CallerMemberName] string operation = "") => Task.FromException(
        new InconsistentStateException($"{operation}: the record of a {grain.Type} grain is not the one with etag {etag}."));
}
