using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Otp.Gateway.Tests.Harness;

/// <summary>HTTP by hand, for what a well-behaved client cannot send.</summary>
public static class RawHttp
{
    /// <summary>Sends the text and reads until the server closes the connection.</summary>
    public static async Task<string> ExchangeAsync(int port, string request)
    {
        using var socket = await SendAsync(port, request);
        return await ReadToEndAsync(socket);
    }

    /// <summary>Sends the beginning at once and then one byte after the other, four a second, and reads until the server closes the connection.</summary>
    public static async Task<string> TrickleAsync(int port, string beginning, string rest)
    {
        using var socket = await SendAsync(port, beginning);
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var trickling = SendSlowlyAsync(socket, rest, closed.Token);
        var answer = await ReadToEndAsync(socket);
        await closed.CancelAsync();
        await trickling;
        return answer;
    }

    /// <summary>Sends the text and hangs up.</summary>
    public static async Task SendAndHangUpAsync(int port, string request)
    {
        using var socket = await SendAsync(port, request);
        socket.Shutdown(SocketShutdown.Both);
    }

    /// <summary>What the server says until it closes the connection, in whatever way.</summary>
    public static async Task<string> ReadToEndAsync(Socket socket)
    {
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            int read;
            while ((read = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken)) > 0)
            {
                answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (SocketException)
        {
            // It was closed before all was read.
        }

        return answer.ToString();
    }

    private static async Task SendSlowlyAsync(Socket socket, string text, CancellationToken closed)
    {
        try
        {
            foreach (var letter in Encoding.Latin1.GetBytes(text))
            {
                await socket.SendAsync(new[] { letter }, closed);
                await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System, closed);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // The server has had enough.
        }
    }

    /// <summary>Connects, and sends the text.</summary>
    public static async Task<Socket> SendAsync(int port, string request)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        return socket;
    }
}
