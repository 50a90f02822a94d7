using Otp.Cluster.Processes;

namespace Otp.Cluster.Load;

/// <summary>
/// Measures when this machine stood still: how late a 10 ms timer of this process comes. What a crowded machine does to everybody is no
/// stall of the service.
/// </summary>
internal sealed class Hiccups(RunClock clock) : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Worth = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly List<Interval> _found = [];
    private Task _watching = Task.CompletedTask;

    /// <summary>The longest so far.</summary>
    public TimeSpan Longest
    {
        get
        {
            lock (_gate)
            {
                return _found.Select(i => i.Length).DefaultIfEmpty().Max();
            }
        }
    }

    public void Start() => _watching = WatchAsync();

    /// <summary>How long the machine stood still within a time.</summary>
    public TimeSpan Within(Interval at)
    {
        lock (_gate)
        {
            var sum = TimeSpan.Zero;
            for (var i = _found.Count - 1; i >= 0 && _found[i].End >= at.Start; i--)
            {
                sum += _found[i].Overlap(at);
            }

            return sum;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watching;
        _stopping.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            var before = clock.Now;
            await Pause.ForAsync(Period, CancellationToken.None);
            var now = clock.Now;
            if (now - before - Period > Worth)
            {
                lock (_gate)
                {
                    _found.Add(new Interval(before + Period, now));
                }
            }
        }
    }
}
