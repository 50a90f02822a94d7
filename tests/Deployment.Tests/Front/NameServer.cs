using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Otp.Deployment.Front;

/// <summary>A DNS server that gives every name the same IPv4 addresses, as Docker's gives those of a service's containers.</summary>
internal sealed class NameServer : IAsyncDisposable
{
    private const int HeaderSize = 12;
    private const int QuestionTail = 4;
    private const ushort TypeA = 1;

    // A name that points to the question, type A, class IN, a second to live, four bytes.
    private static readonly byte[] AnswerHead = [0xC0, HeaderSize, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4];

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[][] _addresses;
    private readonly Task _serving;

    public NameServer(IEnumerable<string> addresses)
    {
        _addresses = [.. addresses.Select(static address => IPAddress.Parse(address).GetAddressBytes())];
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _serving = ServeAsync();
    }

    public EndPoint EndPoint => _socket.LocalEndPoint!;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var buffer = new byte[512];
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                await _socket.SendToAsync(Answer(buffer.AsSpan(0, received.ReceivedBytes)), received.RemoteEndPoint, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    // The question comes back, with the addresses if it asks for IPv4.
    private byte[] Answer(ReadOnlySpan<byte> query)
    {
        var name = query[HeaderSize..].IndexOf((byte)0) + 1;
        var question = query.Slice(HeaderSize, name + QuestionTail);
        var addresses = BinaryPrimitives.ReadUInt16BigEndian(question[name..]) == TypeA ? _addresses : [];
        byte[] header = [query[0], query[1], 0x81, 0x80, 0, 1, 0, (byte)addresses.Length, 0, 0, 0, 0];
        return [.. header, .. question, .. addresses.SelectMany(static address => AnswerHead.Concat(address))];
    }
}
