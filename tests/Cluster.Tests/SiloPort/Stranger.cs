using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

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

    /// <summary>Speaks TLS, trusts whoever answers, and shows a certificate or none.</summary>
    public async Task SecureAsync(X509Certificate2? certificate)
    {
        using var network = new NetworkStream(_socket, ownsSocket: false);
        using var tls = new SslStream(network, leaveInnerStreamOpen: true, static (_, shown, _, _) => shown is not null);
        try
        {
            // In TLS 1.3 this succeeds before the other side has looked at the certificate.
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { ClientCertificates = certificate is null ? [] : [certificate] }, TestContext.Current.CancellationToken);
            await tls.WriteAsync(new byte[64], TestContext.Current.CancellationToken);
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            // Refused already.
        }
    }

    /// <summary>Ends the connection from this side.</summary>
    public void Leave() => _socket.Shutdown(SocketShutdown.Both);

    public async Task SayAsync(byte[] bytes) => await _socket.SendAsync(bytes, TestContext.Current.CancellationToken);

    /// <summary>Waits until the silo ends the connection; what it says before that is not looked at.</summary>
    /// <returns>False if it is still open after the limit.</returns>
    public async Task<bool> IsClosedWithinAsync(TimeSpan limit)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(limit);
        var buffer = new byte[1024];
        try
        {
            while (await _socket.ReceiveAsync(buffer, timeout.Token) > 0)
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
