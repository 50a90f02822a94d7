using System.Diagnostics.CodeAnalysis;
using Orleans.Storage;
using Otp.Faults;
using Otp.Telemetry;

namespace Otp.Storage;

/// <summary>A grain's record, read only when needed. A new grain writes first, on the condition that it has none: one round trip less.</summary>
/// <typeparam name="T">The state: immutable.</typeparam>
/// <param name="grain">The grain; its record was not read yet.</param>
/// <param name="empty">The state of a grain without a record.</param>
/// <param name="neededUntil">Until when the storage must keep a state that is written now, in UTC ticks.</param>
public sealed class StoredRecord<T>(RecordStorage storage, GrainId grain, T empty, Func<T, long> neededUntil) : IGrainState<T>
    where T : class
{
    private const string Name = "state";

    private readonly T _empty = empty;
    private string? _etag;
    private bool _isKnown;
    private bool _isJustRead;
    private long? _version;

    /// <summary>The state: empty until a decision on it was committed. A caller may set what need not be durable.</summary>
    [AllowNull]
    public T State { get; set; } = empty;

    /// <summary>Whether a record is stored, as far as this grain knows.</summary>
    public bool RecordExists { get; set; }

    string? IGrainState<T>.ETag
    {
        get => _etag;
        set => _etag = value;
    }

    // No other silo can have written since: the membership, and so the owner of the grain, is the same as at the last read or write.
    private bool IsCurrent => _isKnown && storage.MembershipVersion is { } version && version == _version;

    /// <summary>Makes a decision on <see cref="State"/> final: writes a change, or else ensures that the state is current.</summary>
    /// <param name="change">The new state; null if the decision does not change it.</param>
    /// <returns>False if another state is stored. It has been read, and the caller must decide again.</returns>
    /// <exception cref="OrleansException">The storage failed, or this silo is no longer active. What is stored is unknown.</exception>
    public async ValueTask<bool> TryCommitAsync(T? change)
    {
        var isJustRead = _isJustRead;
        _isJustRead = false;
        try
        {
            // If this silo stood still, another one may have replaced it, served this very call, and forgotten it again.
            await storage.EnsureLeaseAsync();
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

    /// <summary>Reads the record unless the state is current.</summary>
    /// <exception cref="OrleansException">As for <see cref="TryCommitAsync"/>.</exception>
    public Task EnsureCurrentAsync() => IsCurrent ? Task.CompletedTask : ReadAsync();

    /// <summary>Reads the record in any case: before a delete, and where the duration must not reveal whether it was in memory.</summary>
    /// <exception cref="OrleansException">As for <see cref="TryCommitAsync"/>.</exception>
    public async Task ReadAsync()
    {
        try
        {
            await storage.EnsureLeaseAsync();
            await LoadAsync();
        }
        catch (Exception exception)
        {
            throw Failed(exception);
        }
    }

    /// <summary>Deletes the record.</summary>
    /// <exception cref="OrleansException">As for <see cref="TryCommitAsync"/>, also if another state is stored.</exception>
    public async Task ClearAsync()
    {
        var call = storage.Begin(StorageCall.Clear, grain);
        try
        {
            await storage.Any.ClearStateAsync(Name, grain, this);
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
        var call = storage.Begin(StorageCall.Write, grain);
        var version = storage.MembershipVersion;
        try
        {
            State = state;
            await storage.KeepingUntil(neededUntil(state)).WriteStateAsync(Name, grain, this);
            call.End();
            _version = version;
            return _isKnown = true;
        }
        catch (InconsistentStateException)
        {
            // The storage works: it has refused an old etag.
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
        var call = storage.Begin(StorageCall.Read, grain);
        var version = storage.MembershipVersion;
        var read = new GrainState<T>(_empty);
        try
        {
            await storage.Any.ReadStateAsync(Name, grain, read);
            call.End();
            if (!_isKnown || read.ETag != _etag)
            {
                // Otherwise the state is current, and keeps what is not durable.
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
        return exception is InconsistentStateException or SiloUnavailableException ? (OrleansException)exception : new StorageUnavailableException(grain.Type.ToString()!, exception);
    }

    private void Forget()
    {
        _isKnown = _isJustRead = RecordExists = false;
        State = _empty;
        _etag = null;
    }
}
