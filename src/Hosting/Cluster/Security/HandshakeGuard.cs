using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Orleans.Connections.Security;

namespace Otp.Hosting.Cluster;

/// <summary>
/// Puts TLS around a connection between processes and says, in one line, which process did not get through it. Orleans closes such a
/// connection and goes on; what it logs of it is a stack trace.
/// </summary>
internal sealed partial class HandshakeGuard(ClusterIdentity identity, TimeProvider time, ILogger<HandshakeGuard> logger)
{
    // The first byte of every TLS connection: a record of the kind "handshake".
    private const byte TlsHandshake = 0x16;

    // As long as Orleans waits for a connection by default: whoever takes longer has given up on the other end.
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = logger;
    private readonly TlsOptions _tls = identity.ToTls(HandshakeTimeout);

    private volatile EndPoint? _latestStranger;

    /// <summary>The process that this one tried to join last without either being convinced of the other.</summary>
    public EndPoint? LatestStranger => _latestStranger;

    /// <summary>Guards connections that others open.</summary>
    public void GuardInbound(IConnectionBuilder connection)
    {
        connection.Use(next => context => AcceptAsync(context, next));
        connection.UseServerTls(_tls);
        connection.Use(Proved);
    }

    /// <summary>Guards connections that this process opens.</summary>
    public void GuardOutbound(IConnectionBuilder connection)
    {
        connection.Use(next => context => ConnectAsync(context, next));
        connection.UseClientTls(_tls);
        connection.Use(Proved);
    }

    private async Task AcceptAsync(ConnectionContext context, ConnectionDelegate next)
    {
        // A health check, or a peer that asks whether the port is open: it wants nothing.
        var (first, isSilent) = await FirstByteAsync(context);
        if (first is null && !isSilent)
        {
            LogKnock(context.RemoteEndPoint);
        }
        else if (first is not TlsHandshake)
        {
            LogRefused(context.RemoteEndPoint, isSilent ? HandshakeFault.Silent : HandshakeFault.NotTls);
        }
        else if (!await HandshakeAsync(context, next))
        {
            LogRefused(context.RemoteEndPoint, HandshakeFault.NotProved);
        }
    }

    private async Task ConnectAsync(ConnectionContext context, ConnectionDelegate next)
    {
        if (!await HandshakeAsync(context, next))
        {
            _latestStranger = context.RemoteEndPoint;
            LogNotJoined(context.RemoteEndPoint);
        }
    }

    // Orleans' middleware for TLS tells nobody that a handshake has failed; it only does not go on to what comes after it.
    private static async Task<bool> HandshakeAsync(ConnectionContext context, ConnectionDelegate next)
    {
        var handshake = new Handshake();
        context.Features.Set(handshake);
        await next(context);
        return handshake.IsProved;
    }

    private static ConnectionDelegate Proved(ConnectionDelegate next) => context =>
    {
        context.Features.Get<Handshake>()!.IsProved = true;
        return next(context);
    };

    // Looks at the first byte and leaves it where it is.
    private async Task<(byte? First, bool IsSilent)> FirstByteAsync(ConnectionContext context)
    {
        using var patience = new CancellationTokenSource(HandshakeTimeout, time);
        try
        {
            var input = context.Transport.Input;
            var read = await input.ReadAsync(patience.Token);
            byte? first = read.Buffer.IsEmpty ? null : read.Buffer.FirstSpan[0];
            input.AdvanceTo(read.Buffer.Start);
            return (first, IsSilent: false);
        }
        catch (OperationCanceledException)
        {
            return (null, IsSilent: true);
        }
        catch (IOException)
        {
            return (null, IsSilent: false);
        }
    }

    private sealed class Handshake
    {
        public bool IsProved { get; set; }
    }
}
