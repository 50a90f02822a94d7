using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;

namespace Otp.Hosting.Cluster.Membership;

/// <summary>
/// A killed process' connections close at once, and its port refuses new ones. So who sees a connection between silos close asks the ports at
/// that address: a refusal proves that nobody is there, and the silo is declared dead. All else is left to the heartbeats and probes.
/// </summary>
internal sealed partial class ConnectionWatch(
    IServiceProvider services, ILocalSiloDetails silo, TimeProvider time, ILogger<ConnectionWatch> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    // A process that is killed closes its sockets one after the other: its port may refuse a little later than its connections close.
    private static readonly TimeSpan[] LookDelays =
        [TimeSpan.Zero, TimeSpan.FromMilliseconds(25), TimeSpan.FromMilliseconds(75), TimeSpan.FromMilliseconds(200)];

    /// <summary>Watches all connections between silos. An inbound one tells only the other's address; the surviving one is often such a one.</summary>
    public static void Add(ISiloBuilder silo)
    {
        silo.Services.AddSingleton<ConnectionWatch>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(static services => services.GetRequiredService<ConnectionWatch>());
        silo.Services.AddOptions<SiloConnectionOptions>().Configure<ConnectionWatch>(static (options, watch) =>
        {
            options.ConfigureSiloInboundConnection(builder => builder.Use(next => connection => watch.WatchAsync(connection, next)));
            options.ConfigureSiloOutboundConnection(builder => builder.Use(next => connection => watch.WatchAsync(connection, next)));
        });
    }

    /// <summary>Looks once before this silo joins, too: it would wait for each of the killed silos that the table still lists.</summary>
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(ConnectionWatch), ServiceLifecycleStage.AfterRuntimeGrainServices, _ => CheckAsync(static _ => true, LookDelays[..1]));

    private async Task WatchAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var remote = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        try
        {
            await next(connection);
        }
        finally
        {
            if (remote is not null)
            {
                var address = remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote;
                _ = Task.Run(() => CheckAsync(silo => silo.Endpoint.Address.Equals(address), LookDelays), CancellationToken.None);
            }
        }
    }

    private async Task CheckAsync(Func<SiloAddress, bool> predicate, TimeSpan[] delays)
    {
        var membership = services.GetRequiredService<IClusterMembershipService>();
        foreach (var delay in delays)
        {
            await Task.Delay(delay, time);
            var suspects = membership.CurrentSnapshot.Members.Values
                .Where(m => m.Status == SiloStatus.Active && !m.SiloAddress.Equals(silo.SiloAddress) && predicate(m.SiloAddress))
                .Select(m => m.SiloAddress);
            await Task.WhenAll(suspects.Select(suspect => CheckAsync(membership, suspect)));
        }
    }

    private async Task CheckAsync(IClusterMembershipService membership, SiloAddress suspect)
    {
        try
        {
            if (await IsRefusedAsync(suspect.Endpoint))
            {
                LogRefused(suspect);
                await membership.TryKill(suspect);
            }
        }
        catch (Exception exception)
        {
            // The table cannot be written: the heartbeats and probes go on.
            LogNotDeclared(suspect, exception.GetType().FullName);
        }
    }

    private async Task<bool> IsRefusedAsync(IPEndPoint endpoint)
    {
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var timeout = new CancellationTokenSource(ClusterTimes.ConnectTimeout, time);
        try
        {
            await socket.ConnectAsync(endpoint, timeout.Token);
            return false;
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            return exception is SocketException { SocketErrorCode: SocketError.ConnectionRefused };
        }
    }

    [LoggerMessage(2023, LogLevel.Warning, "Silo {Silo} refuses connections: its process is gone, and it is declared dead")]
    private partial void LogRefused(SiloAddress silo);

    [LoggerMessage(2024, LogLevel.Warning, "Silo {Silo} refuses connections and could not be declared dead ({ExceptionType})")]
    private partial void LogNotDeclared(SiloAddress silo, string? exceptionType);
}
