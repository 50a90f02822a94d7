namespace Orleans.Runtime;

/// <summary>Asks the membership table in rounds, one at a time: when the last one said, at least every half second, or as soon as somebody wants to know.</summary>
internal sealed class ViewPoll(Func<Task<TimeSpan>> round, TimeProvider clock)
{
    /// <summary>The longest pause between two rounds.</summary>
    internal static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    /// <summary>The pause after a round that failed.</summary>
    internal static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(5);

    private readonly Lock _lock = new();
    private TaskCompletionSource _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes, whatever came of it, when a round has ended that began after this call, or when the rounds have ended.</summary>
    internal Task AskAsync()
    {
        lock (_lock)
        {
            _wanted.TrySetResult();
            return _done.Task;
        }
    }

    /// <summary>Runs rounds, which must not throw, until it is cancelled.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            Task wanted;
            TaskCompletionSource done;
            lock (_lock)
            {
                done = _done;
                _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
                wanted = _wanted.Task;
            }

            var pause = await round();
            done.TrySetResult();
            pause = pause < LeastPause ? LeastPause : pause > Period ? Period : pause;
            await Task.Delay(LeastPause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await wanted.WaitAsync(pause - LeastPause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        lock (_lock)
        {
            _done.TrySetResult();
        }
    }
}
