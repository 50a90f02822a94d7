using System.Diagnostics.CodeAnalysis;
using Orleans.Storage;
using Otp.Faults;
using Otp.Telemetry;

namespace Otp.Storage;

/// <summary>
/// A grain's record, read only when somebody must know what it says: a grain nobody has heard of yet is written first, on the condition
/// that it has no record, which saves the round trip of finding none.
/// </summary>
/// <typeparam name="T">What is stored: immutable.</typeparam>
public sealed class StoredRecord<T> : IGrainState<T>
    where T : class
{
    private const string Name = "state";

    private readonly RecordStorage _storage;
    private readonly GrainId _grain;
    private readonly T _empty;
    private readonly Func<T, long> _neededUntil;
    private string? _etag;
    private bool _isKnown;
    private bool _isJustRead;
    private long? _version;

    /// <summary>Makes what is known of a record before it is read: nothing.</summary>
    /// <param name="storage">Where the record is.</param>
    /// <param name="grain">Whose it is.</param>
    /// <param name="empty">What a grain without a record remembers.</param>
    /// <param name="neededUntil">Until when a state that is written now must be kept, in UTC ticks.</param>
    public StoredRecord(RecordStorage storage, GrainId grain, T empty, Func<T, long> neededUntil)
    {
        _neededUntil = neededUntil;
        _storage = storage;
        _grain = grain;
        State = _empty = empty;
    }

    /// <summary>What the grain remembers: empty until a decision on it was committed. Set it for what need not be durable.</summary>
    [AllowNull]
    public T State { get; set; }

    /// <summary>Whether a record is stored, as far as is known.</summary>
    public bool RecordExists { get; set; }

    string? IGrainState<T>.ETag
    {
        get => _etag;
        set => _etag = value;
    }

    // Nobody else can have written since: the membership, and so who owns the grain, is what it was when the record was read or written.
    private bool IsCurrent => _isKnown && _storage.MembershipVersion is { } version && version == _version;

    /// <summary>
    /// Makes a decision on <see cref="State"/> final: durably if it changes anything, otherwise on a record that is known to be what is stored.
    /// </summary>
    /// <param name="change">The state that was decided; null if it stays as it is.</param>
    /// <returns>False if something else is stored: that has been read, and is to be decided on anew.</returns>
    /// <exception cref="OrleansException">
    /// The storage failed, or this silo is not active any longer; nobody knows what is stored, and the record is unknown again.
    /// </exception>
    public async ValueTask<bool> TryCommitAsync(T? change)
    {
        var isJustRead = _isJustRead;
        _isJustRead = false;
        try
        {
            // A silo that stood still may have been replaced, and what it was asked for long been done, and forgotten, elsewhere.
            await _storage.EnsureLeaseAsync();
            if (change is null && (isJustRead || IsCurrent))
            {
                return true;
            }

            if (change is not null && await TryWriteAsync(change))
            {
                return true;
            }

            await LoadAsync();
            _isJustRead = true;
            return false;
        }
        catch (Exception exception)
        {
            throw Failed(exception);
        }
    }

    /// <summary>Reads the record unless it is known to be what is stored.</summary>
    /// <exception cref="OrleansException">As for <see cref="TryCommitAsync"/>.</exception>
    public Task EnsureCurrentAsync() => IsCurrent ? Task.CompletedTask : ReadAsync();

    /// <summary>
    /// Reads the record in any case: before something is ended, and for whom the time must not tell whether it was known.
    /// </summary>
    /// <exception cref="OrleansException">As for <see cref="TryCommitAsync"/>.</exception>
    public async Task ReadAsync()
    {
        try
        {
            await _storage.EnsureLeaseAsync();
            await LoadAsync();
        }
        catch (Exception exception)
        {
            throw Failed(exception);
        }
    }

    /// <summary>Deletes the record.</summary>
    /// <exception cref="OrleansException">As for <see cref="TryCommitAsync"/>, also when something else is stored.</exception>
    public async Task ClearAsync()
    {
        var call = _storage.Begin(StorageCall.Clear, _grain);
        try
        {
            await _storage.Any.ClearStateAsync(Name, _grain, this);
            call.End();
        }
        catch (Exception exception)
        {
            call.End(exception);
            throw Failed(exception);
        }
    }

    private async Task<bool> TryWriteAsync(T state)
    {
        var call = _storage.Begin(StorageCall.Write, _grain);
        var version = _storage.MembershipVersion;
        try
        {
            State = state;
            await _storage.KeepingUntil(_neededUntil(state)).WriteStateAsync(Name, _grain, this);
            call.End();
            _version = version;
            return _isKnown = true;
        }
        catch (InconsistentStateException)
        {
            // The storage has done what it is for.
            call.End();
            Forget();
            return false;
        }
        catch (Exception exception)
        {
            call.End(exception);
            throw;
        }
    }

    private async Task LoadAsync()
    {
        var call = _storage.Begin(StorageCall.Read, _grain);
        var version = _storage.MembershipVersion;
        var read = new GrainState<T>(_empty);
        try
        {
            await _storage.Any.ReadStateAsync(Name, _grain, read);
            call.End();
            if (!_isKnown || read.ETag != _etag)
            {
                // Where it is what is known, what is known besides, and is not stored, is kept.
                (State, _etag, RecordExists) = (read.State, read.ETag, read.RecordExists);
            }

            (_isKnown, _version) = (true, version);
        }
        catch (Exception exception)
        {
            call.End(exception);
            throw;
        }
    }

    private OrleansException Failed(Exception exception)
    {
        Forget();
        return exception is InconsistentStateException or SiloUnavailableException ? (OrleansException)exception : new StorageUnavailableException(_grain.Type.ToString()!, exception);
    }

    private void Forget()
    {
        _isKnown = _isJustRead = RecordExists = false;
        State = _empty;
        _etag = null;
    }
}
