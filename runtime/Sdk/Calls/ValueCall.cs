namespace Orleans.Runtime;

/// <summary>A waiting call that returns a value.</summary>
internal sealed class ValueCall<T>(ValueRequest<T> request) : PendingCall(request)
{
    private readonly TaskCompletionSource<T> _result = new();

    internal override Task Task => _result.Task;

    protected override void Complete(Task task) => _result.TrySetFromTask((Task<T>)task);

    protected override void Complete(CancellationToken token) => _result.TrySetCanceled(token);
}
