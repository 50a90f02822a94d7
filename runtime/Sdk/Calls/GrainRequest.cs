using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>One call: the method and its arguments in typed fields. <see cref="ProxyEmitter"/> emits one class a method.</summary>
internal abstract class GrainRequest
{
    /// <summary>What the call is and how long its caller waits.</summary>
    public abstract GrainMethod Method { get; }

    /// <summary>The token passed to the call, if its method takes one.</summary>
    public virtual CancellationToken CancellationToken => CancellationToken.None;

    /// <summary>How long the caller still waits, if the call came from another process and so brought its time with it; otherwise zero.</summary>
    internal TimeSpan TimeLeft { get; set; }

    /// <summary>The trace that the call belongs to, if it does.</summary>
    internal CallTrace? Trace { get; set; }

    public abstract object? GetArgument(int index);

    public abstract void SetArgument(int index, object? value);

    /// <summary>Calls the method of a grain.</summary>
    public abstract Task Invoke(object grain);

    /// <summary>Calls the method of a grain, as part of the call's trace; whatever goes wrong is in the task.</summary>
    internal Task Start(object grain) => Trace is null ? Run(grain) : Trace.Run(this, grain);

    /// <summary>Calls the method of a grain; whatever goes wrong is in the task.</summary>
    internal Task Run(object grain)
    {
        try
        {
            return Invoke(grain) ?? Fault(new InvalidOperationException($"{Method.InterfaceName}.{Method.Name} returned null for a task."));
        }
        catch (Exception exception)
        {
            return Fault(exception);
        }
    }

    /// <summary>A call that is not answered yet.</summary>
    internal abstract PendingCall Pend();

    /// <summary>The answer of a call that failed at once, in the type that its method returns.</summary>
    internal abstract Task Fault(Exception exception);

    /// <summary>Writes the result of a call that succeeded.</summary>
    internal abstract void WriteResult(WireWriter writer, Task answer);

    /// <summary>Reads a result; the answer of a call that succeeded, in the type that its method returns.</summary>
    internal abstract Task ReadResult(WireReader reader);
}
