using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>What memory storage holds; silos that share one share their records.</summary>
internal sealed class MemoryStore
{
    private readonly ConcurrentDictionary<(string Storage, string State, GrainId Grain), Record> _records = new();
    private long _versions;

    internal Record? Read(string storage, string state, GrainId grain) => _records.GetValueOrDefault((storage, state, grain));

    /// <summary>Writes a record if the stored version is still the one given, null standing for no record.</summary>
    /// <returns>The new record, or null if the version was another.</returns>
    internal Record? TryWrite(string storage, string state, GrainId grain, string? etag, BinaryData data)
    {
        var key = (storage, state, grain);
        var written = new Record(Interlocked.Increment(ref _versions).ToString(CultureInfo.InvariantCulture), data);
        return etag is null
            ? _records.TryAdd(key, written) ? written : null
            : _records.TryGetValue(key, out var current) && current.Etag == etag && _records.TryUpdate(key, written, current) ? written : null;
    }

    internal bool TryDelete(string storage, string state, GrainId grain, string? etag)
    {
        var key = (storage, state, grain);
        return etag is null
            ? !_records.ContainsKey(key)
            : _records.TryGetValue(key, out var current) && current.Etag == etag && _records.TryRemove(KeyValuePair.Create(key, current));
    }

    internal sealed record Record(string Etag, BinaryData Data);
}
