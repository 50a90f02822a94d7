namespace Orleans.Runtime;

/// <summary>The contexts of a thread that runs a grain's code for its caller, to be had back when the grain is done.</summary>
internal readonly struct CallersContext
{
    private readonly SynchronizationContext? _synchronization;
    private readonly ExecutionContext? _execution;

    private CallersContext(SynchronizationContext? synchronization, ExecutionContext? execution)
    {
        _synchronization = synchronization;
        _execution = execution;
    }

    internal static CallersContext Leave() => new(SynchronizationContext.Current, ExecutionContext.Capture());

    internal void Return()
    {
        SynchronizationContext.SetSynchronizationContext(_synchronization);
        if (_execution is not null && ExecutionContext.Capture() != _execution)
        {
            ExecutionContext.Restore(_execution);
        }
    }
}
