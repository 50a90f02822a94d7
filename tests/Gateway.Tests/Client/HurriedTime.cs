using System.Collections.Concurrent;

namespace Otp.Gateway.Tests.Client;

/// <summary>The system's clock, but that pauses are over at once and are remembered. Timers of 10 s and more are time-outs, and never fire.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(10);

    private readonly ConcurrentQueue<TimeSpan> _pauses = new();

    public IReadOnlyCollection<TimeSpan> Pauses => _pauses;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= ShortestTimeout || dueTime == Timeout.InfiniteTimeSpan)
        {
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        _pauses.Enqueue(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
