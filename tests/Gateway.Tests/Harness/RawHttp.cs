using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Orleans.Otp.Gateway.Tests.Harness;

/// <summary>HTTP by hand, for what a well-behaved client cannot send.</summary>
public static class RawHttp
{
    /// <summary>Sends the bytes, says that no more will come, and reads until the server closes the connection.</summary>
    public static async Task<string> ExchangeAsync(int port, ReadOnlyMemory<byte> request)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        await socket.SendAsync(request, cancellationToken);
        socket.Shutdown(SocketShutdown.Send);
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        int read;
        while ((read = await socket.ReceiveAsync(buffer, cancellationToken)) > 0)
        {
            answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return answer.ToString();
    }
}
