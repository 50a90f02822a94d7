namespace Orleans.Runtime;

/// <summary>A call that returns a value.</summary>
internal abstract class ValueRequest<T> : GrainRequest
{
    internal override PendingCall Pend() => new ValueCall<T>(this);

    internal override Task Fault(Exception exception) =>
        exception is OperationCanceledException { CancellationToken: { IsCancellationRequested: true } token }
            ? Task.FromCanceled<T>(token)
            : Task.FromException<T>(exception);
}
