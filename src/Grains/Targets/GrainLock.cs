namespace Otp.Targets;

/// <summary>
/// Lets the calls of a reentrant grain in one at a time, in the order in which they come. Not thread-safe: the grain's scheduler runs one
/// step at a time. It is as small as can be, because each of a million grains has one.
/// </summary>
internal sealed class GrainLock
{
    private Queue<TaskCompletionSource>? _waiting;
    private bool _isHeld;

    /// <summary>Waits until no other call is inside; to be disposed of at the end.</summary>
    public async ValueTask<Holder> EnterAsync()
    {
        if (_isHeld)
        {
            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            (_waiting ??= []).Enqueue(turn);
            await turn.Task;
        }

        _isHeld = true;
        return new Holder(this);
    }

    /// <summary>Lets others in while the call that is inside waits for something.</summary>
    public async Task<T> OutsideAsync<T>(Task<T> task)
    {
        Leave();
        try
        {
            return await task;
        }
        finally
        {
            _ = await EnterAsync();
        }
    }

    // Whoever waits takes over, and nobody who comes meanwhile gets in between.
    private void Leave()
    {
        if (_waiting is null)
        {
            _isHeld = false;
            return;
        }

        _waiting.Dequeue().SetResult();
        if (_waiting.Count == 0)
        {
            _waiting = null;
        }
    }

    /// <summary>The call that is inside.</summary>
    public readonly struct Holder(GrainLock held) : IDisposable
    {
        public void Dispose() => held.Leave();
    }
}
