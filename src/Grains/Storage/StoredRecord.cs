using System.Diagnostics.CodeAnalysis;
using Otp.Telemetry;
using Orleans.Storage;

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
    private bool _isKnown;

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

    string? IGrainState<T>.ETag { get; set; }

    /// <summary>Makes a decision on <see cref="State"/> final, durably if it changes anything.</summary>
    /// <param name="change">The state that was decided; null if it stays as it is.</param>
    /// <returns>False if something else is stored: that has been read, and is to be decided on anew.</returns>
    /// <exception cref="OrleansException">The storage failed; nobody knows what is stored, and the record is unknown again.</exception>
    public async ValueTask<bool> TryCommitAsync(T? change)
    {
        if (change is null && _isKnown)
        {
            return true;
        }

        try
        {
            if (change is not null && await TryWriteAsync(change))
            {
                return true;
            }

            await LoadAsync(this);
            return false;
        }
        catch (Exception exception)
        {
            throw Failed(exception);
        }
    }

    /// <summary>
    /// Reads the record, even if it is known: for whom the time must not tell whether it was. What is known stays as it is.
    /// </summary>
    /// <exception cref="OrleansException">As for <see cref="TryCommitAsync"/>.</exception>
    public async Task ReadAsync()
    {
        try
        {
            IGrainState<T> into = _isKnown ? new GrainState<T>(_empty) : this;
            await LoadAsync(into);
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
        try
        {
            State = state;
            await _storage.KeepingUntil(_neededUntil(state)).WriteStateAsync(Name, _grain, this);
            call.End();
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

    private async Task LoadAsync(IGrainState<T> into)
    {
        var call = _storage.Begin(StorageCall.Read, _grain);
        try
        {
            await _storage.Any.ReadStateAsync(Name, _grain, into);
            call.End();
            _isKnown = true;
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
        return exception as OrleansException ?? new OrleansException($"The storage failed with a record of a {_grain.Type} grain.", exception);
    }

    private void Forget()
    {
        _isKnown = RecordExists = false;
        State = _empty;
        ((IGrainState<T>)this).ETag = null;
    }
}
