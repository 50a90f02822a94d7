using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Otp.Cluster.Processes;

/// <summary>
/// A loopback port in front of another one that can be cut: then nothing passes, in either direction, and nobody is told. What was under way
/// arrives when it is healed, late, as it does after a real partition.
/// </summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly int _target;
    private readonly TrafficRecord? _record;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;
    private volatile TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins to listen and to pass traffic on.</summary>
    /// <param name="port">The port to listen on.</param>
    /// <param name="target">The port to pass traffic on to.</param>
    /// <param name="record">Gets a copy of everything that passes.</param>
    public TcpProxy(int port, int target, TrafficRecord? record = null)
    {
        Port = port;
        _record = record;
        _target = target;
        _open.SetResult();
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public void Cut() => _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Stops listening, so that connections are refused, as nobody is there any longer.</summary>
    public void Refuse() => _listener.Stop();

    public void Heal() => _open.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Dispose();
        await Task.WhenAll(_connections);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ServeAsync(await _listener.AcceptSocketAsync(_stopping.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task ServeAsync(Socket caller)
    {
        using (caller)
        using (var called = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true })
        {
            caller.NoDelay = true;
            try
            {
                await _open.Task.WaitAsync(_stopping.Token);
                await called.ConnectAsync(IPAddress.Loopback, _target, _stopping.Token);
                await Task.WhenAny(PassAsync(caller, called), PassAsync(called, caller));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                // One side is not there, or the end: both sides are closed.
            }
        }
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        var copy = _record?.Begin();
        try
        {
            int length;
            while ((length = await from.ReceiveAsync(buffer, _stopping.Token)) > 0)
            {
                await _open.Task.WaitAsync(_stopping.Token);
                copy?.Write(buffer.AsSpan(0, length));
                await to.SendAsync(buffer.AsMemory(0, length), _stopping.Token);
            }

            await _open.Task.WaitAsync(_stopping.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // A side has gone: so does the other.
        }
    }
}
