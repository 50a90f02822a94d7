namespace Orleans.Runtime;

/// <summary>A waiting call that returns nothing.</summary>
internal sealed class VoidCall(VoidRequest request) : PendingCall(request)
{
    private readonly TaskCompletionSource _result = new();

    internal override Task Task => _result.Task;

    protected override void Complete(Task task) => _result.TrySetFromTask(task);

    protected override void Complete(CancellationToken token) => _result.TrySetCanceled(token);
}
