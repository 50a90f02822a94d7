using System.Net;
using System.Net.Sockets;

namespace Otp.Bench.Comparison.Load;

/// <summary>One keep-alive connection with at most one request under way.</summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _received;

    public LoadConnection(int port)
    {
        _socket.Connect(IPAddress.Loopback, port);
        _socket.Blocking = false;
    }

    public int Descriptor => (int)_socket.Handle;

    /// <summary>What the request under way asks for, as its work numbers it.</summary>
    public int Item { get; private set; }

    /// <summary>When it was sent, as a timestamp of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    public long SentAt { get; private set; }

    public void Send(int item, ReadOnlySpan<byte> request, long now)
    {
        (Item, SentAt, _received) = (item, now, 0);
        if (_socket.Send(request) != request.Length)
        {
            throw new IOException("The socket took a part of a request only.");
        }
    }

    /// <summary>Takes what has come; false while some of the reply has yet to come.</summary>
    public bool TryReceive(out HttpReply reply)
    {
        var count = _socket.Receive(_buffer.AsSpan(_received));
        if (count == 0)
        {
            throw new IOException("The server closed a connection.");
        }

        _received += count;
        return HttpReply.TryParse(_buffer.AsSpan(0, _received), out reply);
    }

    public void Dispose() => _socket.Dispose();
}
