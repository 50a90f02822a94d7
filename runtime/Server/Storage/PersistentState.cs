using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>A record of one activation. The operations on it happen one after the other, in the order they were asked for.</summary>
/// <remarks>It is the storage's view of the record too: one object, not two, for each of a million activations.</remarks>
internal sealed class PersistentState<TState>(Activation activation, GrainRecord record) : IPersistentState<TState>, IGrainState<TState>
{
    private Task? _last;

    public TState State { get; set; } = NewState<TState>.Create();

    public string? Etag { get; private set; }

    public bool RecordExists { get; private set; }

    string? IGrainState<TState>.ETag
    {
        get => Etag;
        set => Etag = value;
    }

    bool IGrainState<TState>.RecordExists
    {
        get => RecordExists;
        set => RecordExists = value;
    }

    private enum Operation
    {
        Read,
        Write,
        Clear,
    }

    public Task ReadStateAsync() => Do(Operation.Read, CancellationToken.None);

    public Task ReadStateAsync(CancellationToken cancellationToken) => Do(Operation.Read, cancellationToken);

    public Task WriteStateAsync() => Do(Operation.Write, CancellationToken.None);

    public Task WriteStateAsync(CancellationToken cancellationToken) => Do(Operation.Write, cancellationToken);

    public Task ClearStateAsync() => Do(Operation.Clear, CancellationToken.None);

    public Task ClearStateAsync(CancellationToken cancellationToken) => Do(Operation.Clear, cancellationToken);

    private Task Do(Operation operation, CancellationToken cancellationToken)
    {
        var task = DoAfter(_last, operation, cancellationToken);
        _last = task.IsCompleted ? null : task;
        return task;
    }

    private async Task DoAfter(Task? previous, Operation operation, CancellationToken cancellationToken)
    {
        if (previous is { IsCompleted: false })
        {
            await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        try
        {
            await (operation switch
            {
                Operation.Read => record.Storage.ReadStateAsync(record.StateName, activation.GrainId, this, cancellationToken),
                Operation.Write => record.Storage.WriteStateAsync(record.StateName, activation.GrainId, this, cancellationToken),
                _ => record.Storage.ClearStateAsync(record.StateName, activation.GrainId, this, cancellationToken),
            });
        }
        catch (Exception exception) when (exception is not OrleansException
            && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            throw new OrleansException(
                $"Error from storage provider {record.StorageName} during {operation} of {record.StateName} of a grain of type {activation.GrainId.Type}.", exception);
        }
    }
}
