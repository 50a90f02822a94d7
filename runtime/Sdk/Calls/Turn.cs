namespace Orleans.Runtime;

/// <summary>Something that a grain does without being interrupted by anything else: a call, or a tick of a timer.</summary>
internal abstract class Turn
{
    /// <summary>Links the turns that wait for one activation.</summary>
    internal Turn? Next;

    /// <summary>Whether nobody wants this turn any more; it is then dropped instead of started.</summary>
    internal abstract bool IsAbandoned { get; }

    /// <summary>Whether it keeps the activation from being idle.</summary>
    internal abstract bool CountsAsUse { get; }

    /// <summary>Starts it. A fault is in the task; this never throws.</summary>
    internal abstract Task Start(object grain);

    /// <summary>Its work is over; called as part of the turn, before the next one may start.</summary>
    internal virtual void OnEnded(Task task)
    {
    }

    /// <summary>Gives the result to whoever waits for it; called when the activation has been released.</summary>
    internal virtual void Finish(Task task)
    {
    }

    /// <summary>It will not be started, or its result will never come.</summary>
    internal virtual void Reject(Exception exception)
    {
    }
}
