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
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        int read;
        while ((read = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken)) > 0)
        {
            answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return answer.ToString();
    }

    /// <summary>Sends the text and hangs up.</summary>
    public static async Task SendAndHangUpAsync(int port, string request)
    {
        using var socket = await SendAsync(port, request);
        socket.Shutdown(SocketShutdown.Both);
    }

    private static async Task<Socket> SendAsync(int port, string request)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        return socket;
    }
}
