using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using Otp.Bench.Comparison.Load;

namespace Otp.Cluster.Overload;

/// <summary>
/// Sends at a rate that does not wait for answers, as many callers together do who know nothing of each other. From one thread, with epoll(7),
/// so that it leaves the machine to what it loads.
/// </summary>
internal sealed class OpenLoad : IDisposable
{
    private const int Targets = 20_000;
    private const string Number = "0000000000";

    // How exactly requests are sent when they are due.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan LastAnswers = TimeSpan.FromSeconds(15);

    private readonly LoadConnection[] _connections;
    private readonly EventPoll _poll = new();
    private readonly int[] _ready = new int[EventPoll.MostAtOnce];
    private readonly Stack<int> _idle = new();
    private readonly byte[] _request;
    private readonly int _number;
    private int _sent;

    /// <summary>Connects.</summary>
    /// <param name="gateways">Where to, in turn.</param>
    /// <param name="connections">How many connections there are: each bears one request at a time.</param>
    /// <param name="token">What every request carries.</param>
    public OpenLoad(IReadOnlyList<Uri> gateways, int connections, string token)
    {
        const string Start = "{\"target\":\"o";
        var body = $$"""{{Start}}{{Number}}@load.example.com"}""";
        _request = Encoding.ASCII.GetBytes(
            $"POST /v2/giftcards/customers/otp/send HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        _number = _request.Length - body.Length + Start.Length;
        _connections = [.. Enumerable.Range(0, connections).Select(i => new LoadConnection(gateways[i % gateways.Count].Port))];
        for (var i = connections - 1; i >= 0; i--)
        {
            _poll.Add(_connections[i].Descriptor, i);
            _idle.Push(i);
        }
    }

    /// <summary>Sends for a time, and waits for the answers under way.</summary>
    /// <param name="rate">How many requests a second; infinite: as soon as a connection is free.</param>
    /// <param name="duration">How long.</param>
    public OpenLoadResult Run(double rate, TimeSpan duration)
    {
        var result = new OpenLoadResult();
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var period = Stopwatch.Frequency / rate;
        for (double due = start; ;)
        {
            var now = Stopwatch.GetTimestamp();
            for (; due <= now && now < end; due += period)
            {
                if (_idle.TryPop(out var idle))
                {
                    Send(idle);
                }
                else if (double.IsInfinity(rate))
                {
                    break;
                }
                else
                {
                    result.Unsent++;
                }
            }

            if (now >= end && (_idle.Count == _connections.Length || now > end + (LastAnswers.TotalSeconds * Stopwatch.Frequency)))
            {
                result.Unanswered = _connections.Length - _idle.Count;
                result.Elapsed = duration;
                return result;
            }

            Receive(result);
        }
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }

        _poll.Dispose();
    }

    private void Send(int index)
    {
        var target = _sent++ % Targets;
        Utf8Formatter.TryFormat(target, _request.AsSpan(_number, Number.Length), out _, new('D', (byte)Number.Length));
        _connections[index].Send(target, _request, Stopwatch.GetTimestamp());
    }

    private void Receive(OpenLoadResult result)
    {
        foreach (var index in _ready.AsSpan(0, _poll.Wait(_ready, Tick)))
        {
            if (_connections[index].TryReceive(out var reply))
            {
                result.Add(reply, Stopwatch.GetElapsedTime(_connections[index].SentAt));
                _idle.Push(index);
            }
        }
    }
}
