using System.Net;
using System.Net.Sockets;

namespace Otp.Cluster.SiloPort;

/// <summary>A connection to a silo's port by somebody who does not belong to the cluster.</summary>
internal sealed class Stranger : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private Stranger()
    {
    }

    public EndPoint Address => _socket.LocalEndPoint!;

    public static async Task<Stranger> ConnectAsync(int port)
    {
        var stranger = new Stranger();
        await stranger._socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        return stranger;
    }

    public async Task SayAsync(byte[] bytes) => await _socket.SendAsync(bytes, TestContext.Current.CancellationToken);

    /// <summary>Waits until the silo ends the connection; what it says before that is not looked at.</summary>
    /// <returns>False if it is still open after the limit.</returns>
    public async Task<bool> IsClosedWithinAsync(TimeSpan limit)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(limit);
        var buffer = new byte[1024];
        try
        {
            while (await _socket.ReceiveAsync(buffer, patience.Token) > 0)
            {
                // A greeting, perhaps.
            }

            return true;
        }
        catch (SocketException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public void Dispose() => _socket.Dispose();
}
