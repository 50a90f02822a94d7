using System.Collections.Concurrent;
using System.Text;
using Orleans.Storage;
using Otp.Storage;

namespace Otp.Grains.Tests.Harness;

/// <summary>Storage that a test can look into, count, and break.</summary>
internal sealed class TestStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<string, (string Etag, BinaryData Data)> _records = new();
    private readonly StateSerializer _serializer = new();
    private int _etags;
    private StorageFault _fault;
    private int _failing;
    private int _writes;
    private int _reads;

    /// <summary>Reads that reached the storage.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>Writes and clears that reached the storage.</summary>
    public int Writes => Volatile.Read(ref _writes);

    /// <summary>Every key and every record, as text.</summary>
    public string Content => string.Join('\n', _records.Select(r => $"{r.Key} {Encoding.UTF8.GetString(r.Value.Data.ToArray())}"));

    public int Count => _records.Count;

    /// <summary>Happens while a record is being read.</summary>
    public Action BeforeRead { get; set; } = static () => { };

    /// <summary>The only place where records are, however long they are to be kept.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="lease">Whether the silo may act; absent for one that is the only one.</param>
    public RecordStorage AsRecords(TimeProvider time, IMembershipLease? lease = null) => new([(TimeSpan.MaxValue, this)], time, lease: lease);

    public void FailNextWrite(StorageFault fault) => FailWrite(1, fault);

    /// <summary>Breaks one write.</summary>
    /// <param name="number">Which one from now on; 1 is the next.</param>
    /// <param name="fault">How.</param>
    public void FailWrite(int number, StorageFault fault)
    {
        _fault = fault;
        Volatile.Write(ref _failing, number);
    }

    /// <summary>Raises every record's etag, as a second activation elsewhere would.</summary>
    public void ChangeBehindTheGrain()
    {
        foreach (var (key, record) in _records)
        {
            _records[key] = (NewEtag(), record.Data);
        }
    }

    /// <summary>Changes what is stored, as another version of the service or its operator would.</summary>
    public void Rewrite(Func<string, string> change)
    {
        foreach (var (key, record) in _records)
        {
            _records[key] = (NewEtag(), new BinaryData(change(Encoding.UTF8.GetString(record.Data.ToArray()))));
        }
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Interlocked.Increment(ref _reads);
        BeforeRead();
        grainState.RecordExists = _records.TryGetValue(Key(stateName, grainId), out var record);
        grainState.State = grainState.RecordExists ? _serializer.Deserialize<T>(record.Data) : Activator.CreateInstance<T>();
        grainState.ETag = record.Etag;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Write(() =>
        {
            Check(stateName, grainId, grainState);
            var etag = NewEtag();
            _records[Key(stateName, grainId)] = (etag, _serializer.Serialize(grainState.State));
            grainState.ETag = etag;
            grainState.RecordExists = true;
        });

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Write(() =>
        {
            Check(stateName, grainId, grainState);
            _records.TryRemove(Key(stateName, grainId), out _);
            (grainState.State, grainState.ETag, grainState.RecordExists) = (Activator.CreateInstance<T>(), null, false);
        });

    private static string Key(string stateName, GrainId grainId) => $"{grainId}/{stateName}";

    private async Task Write(Action write)
    {
        await Task.Yield();
        var fault = Interlocked.Decrement(ref _failing) == 0 ? _fault : StorageFault.None;
        if (fault != StorageFault.Lost)
        {
            write();
            Interlocked.Increment(ref _writes);
        }

        if (fault != StorageFault.None)
        {
            throw new IOException("The storage did not answer.");
        }
    }

    private void Check<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = _records.TryGetValue(Key(stateName, grainId), out var record) ? record.Etag : null;
        if (stored != grainState.ETag)
        {
            throw new InconsistentStateException("The record was changed by someone else.", stored, grainState.ETag);
        }
    }

    private string NewEtag() => $"{Interlocked.Increment(ref _etags)}";
}
