using System.Net;
using System.Net.Sockets;

namespace Otp.Fuzz.Http;

/// <summary>One worker's connection to the gateway, made anew when the one before it has ended.</summary>
internal sealed class HttpConnection(int port) : IDisposable
{
    /// <summary>After this a server that has not answered waits for more of the request, and is told that there is none.</summary>
    private static readonly TimeSpan EndDelay = TimeSpan.FromMilliseconds(100);

    private readonly byte[] _buffer = new byte[256 * 1024];
    private Socket? _socket;

    /// <summary>Sends a request and reads its answer.</summary>
    /// <param name="request">Its bytes.</param>
    /// <param name="isLast">Whether it may be incomplete, and nothing can follow it: then the connection ends with it.</param>
    /// <param name="limit">How long the answer is waited for.</param>
    /// <exception cref="TimeoutException">It did not come.</exception>
    public async Task<HttpAnswer> ExchangeAsync(byte[] request, bool isLast, TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit, TimeProvider.System);
        try
        {
            var isFresh = _socket is null;
            var answer = await TryExchangeAsync(request, isLast, timeout.Token);
            if (answer.Status is null && !isFresh)
            {
                // The server had closed the connection after the answer before.
                Close();
                answer = await TryExchangeAsync(request, isLast, timeout.Token);
            }

            if (isLast || answer.ClosesConnection || !answer.IsWhole)
            {
                Close();
            }

            return answer;
        }
        catch (OperationCanceledException exception)
        {
            Close();
            throw new TimeoutException("No answer came.", exception);
        }
    }

    public void Dispose() => Close();

    private async Task<HttpAnswer> TryExchangeAsync(byte[] request, bool isLast, CancellationToken cancellationToken)
    {
        var socket = _socket ??= await ConnectAsync(cancellationToken);
        var answer = HttpAnswer.None;
        try
        {
            // A server may answer and close before it has read all of a large request.
            await SendAsync(socket, request, cancellationToken);
            for (var length = 0; length < _buffer.Length && !answer.IsWhole;)
            {
                var count = await ReceiveAsync(socket, _buffer.AsMemory(length), isLast, cancellationToken);
                if (count == 0)
                {
                    break;
                }

                length += count;
                answer = HttpAnswer.Read(_buffer.AsSpan(0, length));
            }
        }
        catch (SocketException)
        {
            // Reset: what came before counts.
        }

        return answer;
    }

    private static async ValueTask<int> ReceiveAsync(Socket socket, Memory<byte> buffer, bool isLast, CancellationToken cancellationToken)
    {
        using var delay = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (isLast)
        {
            delay.CancelAfter(EndDelay);
        }

        try
        {
            return await socket.ReceiveAsync(buffer, delay.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Shutdown(SocketShutdown.Send);
            return await socket.ReceiveAsync(buffer, cancellationToken);
        }
    }

    private static async Task SendAsync(Socket socket, byte[] request, CancellationToken cancellationToken)
    {
        try
        {
            for (var sent = 0; sent < request.Length;)
            {
                sent += await socket.SendAsync(request.AsMemory(sent), cancellationToken);
            }
        }
        catch (SocketException)
        {
            // The answer may have come all the same.
        }
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void Close()
    {
        _socket?.Dispose();
        _socket = null;
    }
}
