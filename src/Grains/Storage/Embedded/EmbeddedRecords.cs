using System.Collections.Concurrent;

namespace Otp.Storage;

/// <summary>
/// The records of a service without Redis, in the memory of its process. Each has an expiry: an expired one is never found, and a sweep
/// frees its memory.
/// </summary>
public sealed class EmbeddedRecords : IDisposable
{
    /// <summary>How long the sweep waits between two steps.</summary>
    public static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    /// <summary>How many records one step looks at, at the most: some milliseconds' work.</summary>
    public const int SweepStep = 20_000;

    private readonly ConcurrentDictionary<RecordKey, EmbeddedRecord> _records = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private IEnumerator<KeyValuePair<RecordKey, EmbeddedRecord>> _sweep;
    private long _etags;

    public EmbeddedRecords(TimeProvider time)
    {
        _time = time;
        _sweep = _records.GetEnumerator();
        _timer = time.CreateTimer(_ => Sweep(), null, SweepInterval, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many records are in memory, expired ones included.</summary>
    public int Count => _records.Count;

    private long Now => _time.GetUtcNow().UtcTicks;

    public void Dispose() => _timer.Dispose();

    /// <summary>The record with this key; null if there is none, or none any longer.</summary>
    internal EmbeddedRecord? Find(RecordKey key) => _records.TryGetValue(key, out var record) && record.ExpiresAt > Now ? record : null;

    /// <summary>Stores a record in the place of the one that the caller knows.</summary>
    /// <returns>The new record; null if another one is stored than the caller knows.</returns>
    internal EmbeddedRecord? TryWrite(RecordKey key, string? etag, ReadOnlyMemory<byte> data, TimeSpan expiry)
    {
        var written = new EmbeddedRecord($"{Interlocked.Increment(ref _etags)}", data, Now + expiry.Ticks);
        return _records.TryGetValue(key, out var stored)
            ? IsKnown(stored, etag) && _records.TryUpdate(key, written, stored) ? written : null
            : etag is null && _records.TryAdd(key, written) ? written : null;
    }

    /// <summary>Deletes the record that the caller knows; none is deleted as well.</summary>
    /// <returns>False if another one is stored than the caller knows.</returns>
    internal bool TryDelete(RecordKey key, string? etag) => _records.TryGetValue(key, out var stored)
        ? IsKnown(stored, etag) && _records.TryRemove(new(key, stored))
        : etag is null;

    // An expired record is none: who knows of no record is right, who knows the expired one is not.
    private bool IsKnown(EmbeddedRecord stored, string? etag) => (stored.ExpiresAt > Now ? stored.Etag : null) == etag;

    private void Sweep()
    {
        var now = Now;
        for (var looked = 0; looked < SweepStep; looked++)
        {
            if (!_sweep.MoveNext())
            {
                _sweep.Dispose();
                _sweep = _records.GetEnumerator();
                break;
            }

            if (_sweep.Current.Value.ExpiresAt <= now)
            {
                _records.TryRemove(_sweep.Current);
            }
        }

        _timer.Change(SweepInterval, Timeout.InfiniteTimeSpan);
    }
}
