using System.Collections.Concurrent;

namespace Otp.Storage;

/// <summary>The records of a service without Redis, in memory. An expired one is never found, and a periodic sweep frees its memory.</summary>
public sealed class EmbeddedRecords : IDisposable
{
    /// <summary>The time between two steps of the sweep.</summary>
    public static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    /// <summary>How many records one step examines at most: a few milliseconds of work.</summary>
    public const int SweepStep = 20_000;

    private readonly ConcurrentDictionary<RecordId, EmbeddedRecord> _records = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private IEnumerator<KeyValuePair<RecordId, EmbeddedRecord>> _sweep;
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

    /// <summary>The record with this id; null if there is none, or it has expired.</summary>
    internal EmbeddedRecord? Find(RecordId id) => _records.TryGetValue(id, out var record) && record.ExpiresAt > Now ? record : null;

    /// <summary>Replaces the record that the caller knows.</summary>
    /// <returns>The new record; null if another one is stored.</returns>
    internal EmbeddedRecord? TryWrite(RecordId id, string? etag, ReadOnlyMemory<byte> data, TimeSpan expiry)
    {
        var written = new EmbeddedRecord($"{Interlocked.Increment(ref _etags)}", data, Now + expiry.Ticks);
        return _records.TryGetValue(id, out var stored)
            ? IsKnown(stored, etag) && _records.TryUpdate(id, written, stored) ? written : null
            : etag is null && _records.TryAdd(id, written) ? written : null;
    }

    /// <summary>Deletes the record that the caller knows, if there is one.</summary>
    /// <returns>False if another one is stored.</returns>
    internal bool TryDelete(RecordId id, string? etag) => _records.TryGetValue(id, out var stored)
        ? IsKnown(stored, etag) && _records.TryRemove(new(id, stored))
        : etag is null;

    // An expired record counts as none: a caller that knows no record is right, and one that knows the expired record is wrong.
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

/// <summary>Names a record.</summary>
/// <param name="Name">The name of the grain's record.</param>
internal readonly record struct RecordId(GrainId Grain, string Name);

/// <summary>A stored record. Records are compared by reference.</summary>
/// <param name="etag">Distinguishes it from every other record.</param>
/// <param name="expiresAt">When it expires, in UTC ticks.</param>
internal sealed class EmbeddedRecord(string etag, ReadOnlyMemory<byte> data, long expiresAt)
{
    public string Etag => etag;

    public ReadOnlyMemory<byte> Data => data;

    public long ExpiresAt => expiresAt;
}
