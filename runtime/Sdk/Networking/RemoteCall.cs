namespace Orleans.Runtime;

/// <summary>A call on its way to another silo, or waiting for one.</summary>
/// <param name="pending">The call, whose wait has begun.</param>
/// <param name="target">The grain.</param>
/// <param name="isForwarded">It has come from another process already, and goes no further than to the next.</param>
internal sealed class RemoteCall(PendingCall pending, GrainId target, bool isForwarded) : IThreadPoolWorkItem
{
    private PeerConnection? _connection;
    private Task? _answer;

    internal PendingCall Pending { get; } = pending;

    internal GrainId Target { get; } = target;

    internal bool IsForwarded { get; } = isForwarded;

    /// <summary>Its number on the connection that it went by last.</summary>
    internal uint Id { get; private set; }

    /// <summary>It is about to be sent.</summary>
    internal void SetOut(PeerConnection connection, uint id)
    {
        Id = id;
        Volatile.Write(ref _connection, connection);
    }

    /// <summary>Gives the answer to the caller, on a thread of the pool: the caller goes on there, and whoever found the answer goes on too.</summary>
    internal void Answer(Task answer)
    {
        _answer = answer;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    internal void Fail(Exception exception) => Pending.Reject(exception);

    /// <summary>The caller's wait is over, by the answer or without it.</summary>
    internal void OnClosed() => Volatile.Read(ref _connection)?.Forget(this);

    void IThreadPoolWorkItem.Execute() => Pending.Finish(_answer!);
}
