using System.Diagnostics;

namespace Otp.Bench.Comparison.Load;

/// <summary>
/// Keeps a number of connections busy from one thread, each sending its next request when it has its answer: sockets that do not block
/// and poll(2), so that the load costs less of the machine than what it measures.
/// </summary>
internal sealed class LoadGenerator : IDisposable
{
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(15);

    private readonly LoadConnection[] _connections;
    private readonly PollDescriptor[] _descriptors;

    public LoadGenerator(int port, int connections)
    {
        _connections = [.. Enumerable.Range(0, connections).Select(_ => new LoadConnection(port))];
        _descriptors = new PollDescriptor[connections];
    }

    /// <summary>Does work until it is used up or the time is over, and then waits for the answers under way.</summary>
    /// <exception cref="InvalidOperationException">An answer was not what the work expects.</exception>
    public LoadResult Run(Work work, TimeSpan duration)
    {
        var latencies = new List<long>(1 << 18);
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var busy = 0;
        for (var i = 0; i < _connections.Length; i++)
        {
            _descriptors[i] = PollDescriptor.Of(_connections[i].Descriptor);
            busy += Continue(i, work, Stopwatch.GetTimestamp(), end) ? 1 : 0;
        }

        while (busy > 0)
        {
            if (!PollDescriptor.Wait(_descriptors, WaitTimeout))
            {
                throw new TimeoutException($"{work.Name}: {busy} requests have no answer after {WaitTimeout.TotalSeconds:F0} s.");
            }

            for (var i = 0; i < _connections.Length; i++)
            {
                var connection = _connections[i];
                if (!_descriptors[i].IsReady || !connection.TryReceive(out var reply))
                {
                    continue;
                }

                var now = Stopwatch.GetTimestamp();
                latencies.Add(now - connection.SentAt);
                work.Answer(connection.Item, reply);
                busy -= Continue(i, work, now, end) ? 0 : 1;
            }
        }

        return LoadResult.Of(latencies, Stopwatch.GetElapsedTime(start));
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }
    }

    private bool Continue(int index, Work work, long now, long end)
    {
        if (now >= end || work.Next() is not { } item)
        {
            _descriptors[index].Ignore();
            return false;
        }

        _connections[index].Send(item, work.Request, now);
        return true;
    }
}
