using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Connections.Security;

namespace Otp.Hosting.Cluster;

/// <summary>
/// Puts TLS around a connection between processes and says, in one line, which process did not get through it. Orleans closes such a
/// connection and goes on; what it logs of it is a stack trace.
/// </summary>
internal sealed partial class HandshakeGuard(
    ClusterIdentity identity, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<HandshakeGuard> logger)
{
    // The first byte of every TLS connection: a record of the kind "handshake".
    private const byte TlsHandshake = 0x16;

    // Longer than a peer that is alive takes under any load; one that stands still is given up sooner by whoever waits for it.
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(5);

    // How long a process that starts goes on when nobody is convinced of it: longer than it takes until a silo that stands still or has gone
    // is known for dead, and not as long as a start may take, for that is minutes.
    private static readonly TimeSpan JoinTimeout = TimeSpan.FromSeconds(8);

    private readonly ILogger _logger = logger;
    private readonly TlsOptions _tls = identity.ToTls(HandshakeTimeout);

    private volatile Failure? _failure;

    /// <summary>The process that this one tried to join without either being convinced of the other; null since it has joined any.</summary>
    public EndPoint? Stranger => _failure?.Latest;

    /// <summary>Guards connections that others open.</summary>
    public void GuardInbound(IConnectionBuilder connection)
    {
        connection.Use(next => context => AcceptAsync(context, next));
        connection.UseServerTls(_tls);
        connection.Use(next => context => ProvedAsync(context, next));
    }

    /// <summary>Guards connections that this process opens.</summary>
    public void GuardOutbound(IConnectionBuilder connection)
    {
        connection.Use(next => context => ConnectAsync(context, next));
        connection.UseClientTls(_tls);
        connection.Use(next => context =>
        {
            _failure = null;
            return ProvedAsync(context, next);
        });
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
        if (await HandshakeAsync(context, next))
        {
            return;
        }

        LogNotJoined(context.RemoteEndPoint);
        var since = _failure?.Since ?? time.GetTimestamp();
        _failure = new Failure(context.RemoteEndPoint, since);
        if (time.GetElapsedTime(since) >= JoinTimeout && !lifetime.ApplicationStarted.IsCancellationRequested)
        {
            lifetime.StopApplication();
        }
    }

    // Orleans' middleware for TLS tells nobody that a handshake has failed; it only does not go on to what comes after it.
    private static async Task<bool> HandshakeAsync(ConnectionContext context, ConnectionDelegate next)
    {
        var handshake = new Handshake();
        context.Features.Set(handshake);
        try
        {
            await next(context);
        }
        catch (Exception) when (!handshake.IsProved)
        {
            // The connection broke in the handshake.
        }

        return handshake.IsProved;
    }

    private static Task ProvedAsync(ConnectionContext context, ConnectionDelegate next)
    {
        context.Features.Get<Handshake>()!.IsProved = true;
        return next(context);
    }

    // Looks at the first byte and leaves it where it is.
    private async Task<(byte? First, bool IsSilent)> FirstByteAsync(ConnectionContext context)
    {
        using var timeout = new CancellationTokenSource(HandshakeTimeout, time);
        try
        {
            var input = context.Transport.Input;
            var read = await input.ReadAsync(timeout.Token);
            byte? first = read.Buffer.IsEmpty ? null : read.Buffer.FirstSpan[0];
            input.AdvanceTo(read.Buffer.Start);
            return (first, IsSilent: false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return (null, IsSilent: true);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The other side is gone. Orleans closes the connection on its own when it sees that, even while somebody reads from it.
            return (null, IsSilent: false);
        }
    }

    private sealed record Failure(EndPoint? Latest, long Since);

    private sealed class Handshake
    {
        public bool IsProved { get; set; }
    }
}
