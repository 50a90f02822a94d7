using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>Takes connections of other silos and of clients. Whoever does not soon prove to belong to the cluster is sent away.</summary>
internal sealed partial class SiloListener(
    ClusterCalls calls, CallTable table, Handshake handshake, ILocalSiloDetails details, TimeProvider clock, ILogger logger) : IDisposable
{
    private const int Backlog = 512;

    private static readonly TimeSpan FarewellPatience = TimeSpan.FromSeconds(3);

    private readonly StrangerList _strangers = new();
    private readonly ConcurrentDictionary<SiloConnection, byte> _connections = new();
    private readonly List<Socket> _listening = [];

    /// <summary>Listens where other silos and clients look for this one; may be called again after <see cref="StopListening"/>.</summary>
    /// <param name="endpoints">The silo's own endpoint and its gateway's.</param>
    /// <exception cref="OrleansConfigurationException">A port is taken, or an address is not this machine's.</exception>
    internal void Start(params IPEndPoint[] endpoints)
    {
        foreach (var endpoint in endpoints)
        {
            var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(endpoint);
                socket.Listen(Backlog);
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                StopListening();
                throw new OrleansConfigurationException($"The silo cannot listen on {endpoint} (Orleans:Endpoints): {exception.Message}", exception);
            }

            _listening.Add(socket);
            using (ExecutionContext.SuppressFlow())
            {
                _ = Task.Run(() => AcceptAsync(socket));
            }
        }
    }

    /// <summary>Takes no more connections; those that there are stay.</summary>
    internal void StopListening()
    {
        _listening.ForEach(static socket => socket.Dispose());
        _listening.Clear();
        _strangers.Clear();
    }

    /// <summary>Tells all who are connected that the membership has changed.</summary>
    internal void TellView(long version)
    {
        foreach (var connection in _connections.Keys)
        {
            connection.TellView(version);
        }
    }

    /// <summary>Ends when all others have: each closes its connections to a silo that leaves, as soon as it has its answers.</summary>
    /// <param name="cancellationToken">The end of the patience: the connections are ended then as they are.</param>
    internal async Task CloseAsync(CancellationToken cancellationToken)
    {
        StopListening();
        await Task.WhenAll(_connections.Keys.Select(static connection => connection.Ended))
            .WaitAsync(FarewellPatience, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_connections.Keys.Select(static connection => connection.CloseAsync()))
            .WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Dispose();
    }

    /// <summary>
    /// Ends all connections as they are, for the lease is over: what still waits in them unread was asked of this silo as it was, and may
    /// have been answered elsewhere since.
    /// </summary>
    internal void AbortConnections()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.Abort();
        }
    }

    /// <summary>Ends everything at once.</summary>
    public void Dispose()
    {
        StopListening();
        AbortConnections();
    }

    private async Task AcceptAsync(Socket listening)
    {
        while (true)
        {
            try
            {
                var socket = await listening.AcceptAsync();
                _ = ServeAsync(socket);
            }
            catch (Exception exception) when (exception is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return;
            }
            catch (SocketException exception)
            {
                // The other side was gone before it was taken, or the process has no handles left: neither lasts.
                LogNotAccepted(logger, exception.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(20), clock);
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        var peer = socket.RemoteEndPoint;
        if (await AdmitAsync(socket, peer) is not { } connection)
        {
            socket.Dispose();
            return;
        }

        _connections[connection] = 0;
        connection.Send(table.Manifest);
        await connection.RunAsync();
        _connections.TryRemove(connection, out _);
        connection.Dispose();
    }

    private async Task<SiloConnection?> AdmitAsync(Socket socket, EndPoint? peer)
    {
        var stranger = _strangers.Add(socket);
        try
        {
            socket.NoDelay = true;
            using var patience = new CancellationTokenSource(Wire.HandshakeTimeout, clock);
            var stream = new NetworkStream(socket, ownsSocket: false);
            var frames = new FrameReader(stream);
            await handshake.AnswerAsync(stream, frames, details.SiloAddress, patience.Token);
            return new SiloConnection(socket, stream, frames, calls, table, clock, logger);
        }
        catch (Exception exception)
        {
            LogTurnedAway(logger, peer, exception is OperationCanceledException ? "It said nothing for too long." : exception.Message);
            return null;
        }
        finally
        {
            _strangers.Remove(stranger);
        }
    }
}
