using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>One way to one run of a silo: keeps a connection open, and opens it again whenever it breaks.</summary>
#pragma warning disable CA1001 // The token source has no timer and no handle; Retire is its end.
internal sealed partial class Lane
#pragma warning restore CA1001
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(400);

    private readonly CancellationTokenSource _retired = new();
    private readonly SiloAddress _silo;
    private readonly IPEndPoint _endpoint;
    private readonly ClusterCalls _calls;
    private readonly Handshake _handshake;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PeerConnection? _connection;
    private bool _isRetired;

    internal Lane(SiloAddress silo, IPEndPoint endpoint, ClusterCalls calls, Handshake handshake, TimeProvider clock, ILogger logger)
    {
        _silo = silo;
        _endpoint = endpoint;
        _calls = calls;
        _handshake = handshake;
        _clock = clock;
        _logger = logger;
        using (ExecutionContext.SuppressFlow())
        {
            Ended = Task.Run(KeepOpenAsync);
        }
    }

    /// <summary>Completes when it is retired and its connection is closed.</summary>
    internal Task Ended { get; }

    /// <summary>Completes when the silo was reached for the first time.</summary>
    internal Task Opened => _opened.Task;

    /// <summary>Tells the silo that the membership has changed, unless there is no connection: whoever opens one says what it knows.</summary>
    internal void TellView(long version) => Volatile.Read(ref _connection)?.TellView(version);

    internal void Send(RemoteCall call)
    {
        switch (Volatile.Read(ref _connection)?.Send(call) ?? Connection.SendResult.Closed)
        {
            case Connection.SendResult.Closed:
                _calls.TryLater(call);
                break;
            case Connection.SendResult.Full:
                call.Fail(new GatewayTooBusyException());
                break;
        }
    }

    /// <summary>Opens no connection any more: the silo leaves the cluster, or is gone from it.</summary>
    /// <param name="abort">Whether what was sent is given up, too; or else the answers are awaited, which a silo that leaves still gives.</param>
    internal void Retire(bool abort)
    {
        Volatile.Write(ref _isRetired, true);
        _retired.Cancel();
        var connection = Volatile.Read(ref _connection);
        if (abort)
        {
            connection?.Abort();
        }
        else
        {
            connection?.EndWhenIdle();
        }
    }

    private async Task KeepOpenAsync()
    {
        var pause = FirstPause;
        while (true)
        {
            if (await TryOpenAsync() is { } connection)
            {
                pause = FirstPause;
                Volatile.Write(ref _connection, connection);
                if (Volatile.Read(ref _isRetired))
                {
                    connection.Abort();
                }

                connection.TellView(_calls.Views.Current.Version);
                _opened.TrySetResult();
                _calls.Retry();
                await connection.RunAsync();
                Volatile.Write(ref _connection, value: null);
                connection.Dispose();
            }

            if (Volatile.Read(ref _isRetired))
            {
                return;
            }

            _ = _calls.Views.RefreshAsync();
            await Task.Delay(pause, _clock, _retired.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<PeerConnection?> TryOpenAsync()
    {
        var socket = new Socket(_endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var patience = new CancellationTokenSource(ConnectTimeout, _clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _retired.Token);
            await socket.ConnectAsync(_endpoint, both.Token);
            var stream = new NetworkStream(socket, ownsSocket: false);
            var frames = new FrameReader(stream);
            await _handshake.CallAsync(stream, frames, _silo, both.Token);
            return new PeerConnection(socket, stream, frames, _calls, _clock, _logger);
        }
        catch (Exception exception)
        {
            socket.Dispose();
            LogNotOpened(_logger, _silo, exception.Message);
            return null;
        }
    }

    [LoggerMessage(EventId = 54, Level = LogLevel.Debug, Message = "{Silo} could not be reached: {Reason}")]
    private static partial void LogNotOpened(ILogger logger, SiloAddress silo, string reason);
}
