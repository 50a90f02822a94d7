using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>A call that returns nothing.</summary>
internal abstract class VoidRequest : GrainRequest
{
    internal override PendingCall Pend() => new VoidCall(this);

    internal override Task Fault(Exception exception) =>
        exception is OperationCanceledException { CancellationToken: { IsCancellationRequested: true } token }
            ? Task.FromCanceled(token)
            : Task.FromException(exception);

    internal override void WriteResult(WireWriter writer, Task answer)
    {
    }

    internal override Task ReadResult(WireReader reader) => Task.CompletedTask;
}
