using System.Net;
using Microsoft.AspNetCore.Connections;
using Orleans.Connections.Security;

namespace Otp.Hosting.Cluster;

/// <summary>Puts TLS around the connections between processes, and logs one line for a failed handshake, where Orleans logs a stack trace.</summary>
internal sealed partial class HandshakeGuard(
    ClusterIdentity identity, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<HandshakeGuard> logger)
{
    // The first byte of every TLS connection: a record of the type "handshake".
    private const byte TlsHandshake = 0x16;

    // Longer than a live peer takes under any load. Whoever waits for a peer that stands still gives up sooner.
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(5);

    // How long a starting process retries while every handshake fails. It is longer than the cluster takes to declare a silo dead, and shorter
    // than the time that a start may take, which is minutes.
    private static readonly TimeSpan JoinTimeout = TimeSpan.FromSeconds(8);

    private readonly TlsOptions _tls = identity.ToTls(HandshakeTimeout);

    private volatile Failure? _failure;

    /// <summary>The process that this one last failed to join, because one of them did not trust the other; null once a handshake has succeeded.</summary>
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
        var (first, isSilent) = await FirstByteAsync(context);
        if (first is null && !isSilent)
        {
            // A health check, or a peer that checks whether the port is open.
            LogClosedUnused(context.RemoteEndPoint);
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

    // Orleans' TLS middleware does not report a failed handshake; it only does not call what comes after it.
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

    // Examines the first byte and leaves it to the TLS middleware.
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
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            // Either nothing came in time, or the other side is gone. Orleans then closes the connection itself, even during this read.
            return (null, IsSilent: exception is OperationCanceledException && timeout.IsCancellationRequested);
        }
    }

    [LoggerMessage(2030, LogLevel.Warning, "A connection from {Remote} is refused: that process has not proved that it holds the cluster's secret ({Fault})")]
    private partial void LogRefused(EndPoint? remote, HandshakeFault fault);

    [LoggerMessage(2031, LogLevel.Warning, "No connection to {Remote}: that process has not proved that it holds the cluster's secret, or has refused this one")]
    private partial void LogNotJoined(EndPoint? remote);

    [LoggerMessage(2032, LogLevel.Debug, "A connection from {Remote} closed before it sent anything")]
    private partial void LogClosedUnused(EndPoint? remote);

    private sealed record Failure(EndPoint? Latest, long Since);

    private sealed class Handshake
    {
        public bool IsProved { get; set; }
    }
}

/// <summary>Why a process that connected is refused.</summary>
internal enum HandshakeFault
{
    /// <summary>It sent nothing within the time that a handshake may take.</summary>
    Silent,

    /// <summary>It did not send TLS.</summary>
    NotTls,

    /// <summary>It showed no certificate of this cluster, or its handshake broke off.</summary>
    NotProved,
}
