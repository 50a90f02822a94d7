using System.Threading.Channels;

namespace Otp.Gateway.Pages;

/// <summary>
/// One paced loop that asks the cluster what is new, shared by all who watch, and running only while somebody does. A viewer who is slow
/// misses what was between, never what is latest.
/// </summary>
/// <param name="ask">Gets the latest that was published, null at first; gives what there is now, or null where nothing has changed.</param>
/// <param name="newsInterval">How long it waits after there was news.</param>
/// <param name="time">What the pace is measured by.</param>
internal sealed class Feed<T>(Func<T?, Task<T?>> ask, TimeSpan newsInterval, TimeProvider time)
    where T : class
{
    /// <summary>How many may watch at once.</summary>
    public const int Capacity = 64;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly HashSet<Channel<T>> _viewers = [];
    private object? _loop;
    private T? _latest;

    /// <summary>Begins to watch: the latest comes at once, then whatever is new.</summary>
    /// <returns>What is to be given back to <see cref="Leave"/>; null where too many watch.</returns>
    public Channel<T>? Join()
    {
        var viewer = System.Threading.Channels.Channel.CreateBounded<T>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock)
        {
            if (_viewers.Count == Capacity)
            {
                return null;
            }

            _viewers.Add(viewer);
            if (_latest is not null)
            {
                viewer.Writer.TryWrite(_latest);
            }

            if (_loop is null)
            {
                _loop = new object();
                _ = RunAsync(_loop);
            }
        }

        return viewer;
    }

    /// <summary>Ends watching.</summary>
    public void Leave(Channel<T> viewer)
    {
        lock (_lock)
        {
            if (_viewers.Remove(viewer) && _viewers.Count == 0)
            {
                _loop = null;
                _latest = null;
            }
        }
    }

    // Ends when it is no longer the loop: the last viewer has gone.
    private async Task RunAsync(object loop)
    {
        await Task.Yield();
        T? latest = null;
        while (ReferenceEquals(Volatile.Read(ref _loop), loop))
        {
            var delay = PollInterval;
            try
            {
                if (await ask(latest) is { } news)
                {
                    latest = news;
                    delay = newsInterval;
                    Publish(news, loop);
                }
            }
            catch (Exception)
            {
                // Whoever asks logs; those who watch see what was the latest.
                delay = RetryDelay;
            }

            await Task.Delay(delay, time);
        }
    }

    private void Publish(T news, object loop)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(_loop, loop))
            {
                return;
            }

            _latest = news;
            foreach (var viewer in _viewers)
            {
                viewer.Writer.TryWrite(news);
            }
        }
    }
}
