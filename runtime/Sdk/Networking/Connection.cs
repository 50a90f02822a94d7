using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>An open connection between two processes of the cluster: reads frames one after the other, and sends what is given to it in batches.</summary>
internal abstract partial class Connection : IThreadPoolWorkItem, IDisposable
{
    private const int KeptCapacity = 256 * 1024;
    private const int ReadCapacity = 16 * 1024;

    private readonly Lock _gate = new();
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly FrameReader _frames;
    private readonly EndPoint? _peer;
    private readonly ITimer _heart;
    private readonly TaskCompletionSource _flushed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _unsent = [];
    private byte[] _sending = [];
    private int _unsentLength;
    private bool _isWriting;
    private bool _isEnding;
    private bool _isClosed;
    private int _readsSeen;
    private int _silentPeriods;

    /// <summary>Takes over an open connection whose other side has proved to belong to the cluster.</summary>
    /// <param name="socket">Connected; the connection owns it.</param>
    /// <param name="stream">The stream over it.</param>
    /// <param name="frames">Its reader, which the handshake has used.</param>
    /// <param name="clock">The clock of the heartbeat.</param>
    /// <param name="logger">Where broken connections are reported.</param>
    protected Connection(Socket socket, NetworkStream stream, FrameReader frames, TimeProvider clock, ILogger logger)
    {
        _socket = socket;
        _stream = stream;
        _frames = frames;
        _peer = socket.RemoteEndPoint;
        frames.Capacity = ReadCapacity;
        Logger = logger;
        using (ExecutionContext.SuppressFlow())
        {
            _heart = clock.CreateTimer(static self => ((Connection)self!).Beat(), this, Wire.HeartbeatPeriod, Wire.HeartbeatPeriod);
        }
    }

    internal enum SendResult
    {
        Sent,

        /// <summary>Too much waits to be sent already.</summary>
        Full,

        Closed,
    }

    protected ILogger Logger { get; }

    /// <summary>After how many heartbeat periods without a byte the other side is taken for lost.</summary>
    protected abstract int MaxSilentPeriods { get; }

    protected bool IsClosed => Volatile.Read(ref _isClosed);

    /// <summary>Reads until the connection ends, by whichever side. Never fails.</summary>
    internal async Task RunAsync()
    {
        try
        {
            while (!IsClosed && await _frames.NextAsync(Wire.MaxFrame) is { } frame)
            {
                OnFrame((FrameKind)frame.ReadByte(), frame);
            }
        }
        catch (MalformedMessageException exception)
        {
            LogMalformed(Logger, exception.Message, _peer);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            LogBroken(Logger, exception.Message);
        }
        catch (Exception exception)
        {
            LogFailed(Logger, exception);
        }

        Abort();
    }

    /// <summary>Gives a frame to the writer.</summary>
    internal SendResult Send(ReadOnlySpan<byte> frame)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return SendResult.Closed;
            }

            var length = _unsentLength + frame.Length;
            if (length > Wire.MaxUnsent)
            {
                return SendResult.Full;
            }

            if (length > _unsent.Length)
            {
                Array.Resize(ref _unsent, Math.Max(length, Math.Max(4096, _unsent.Length * 2)));
            }

            frame.CopyTo(_unsent.AsSpan(_unsentLength));
            _unsentLength = length;
            if (_isWriting)
            {
                return SendResult.Sent;
            }

            _isWriting = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return SendResult.Sent;
    }

    /// <summary>Tells the other side which version of the membership this process knows.</summary>
    internal void TellView(long version) => Send(Messages.View(version).Written);

    void IThreadPoolWorkItem.Execute() => _ = WriteAsync();

    /// <summary>Sends what waits, then ends the connection.</summary>
    internal async Task CloseAsync()
    {
        lock (_gate)
        {
            _isEnding = true;
            if (!_isWriting)
            {
                _flushed.TrySetResult();
            }
        }

        await _flushed.Task.WaitAsync(Wire.HandshakeTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Abort();
    }

    /// <summary>Ends the connection at once; does nothing the second time.</summary>
    internal void Abort()
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            _unsent = _sending = [];
            _flushed.TrySetResult();
        }

        Dispose();
        OnClosed();
    }

    public void Dispose()
    {
        _heart.Dispose();
        _stream.Dispose();
        _socket.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract void OnFrame(FrameKind kind, WireReader frame);

    /// <summary>The connection has ended; called once.</summary>
    protected abstract void OnClosed();

    /// <summary>Called each heartbeat period, to say something.</summary>
    protected virtual void OnBeat()
    {
    }

    /// <summary>Sends a frame that has nothing but its kind.</summary>
    protected void Send(FrameKind kind) => Send([1, 0, 0, 0, (byte)kind]);

    private async Task WriteAsync()
    {
        try
        {
            while (TakeUnsent(out var bytes))
            {
                await _stream.WriteAsync(bytes);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            LogBroken(Logger, exception.Message);
            Abort();
        }
    }

    private bool TakeUnsent(out ReadOnlyMemory<byte> bytes)
    {
        lock (_gate)
        {
            bytes = _unsent.AsMemory(0, _unsentLength);
            if (_unsentLength == 0 || _isClosed)
            {
                _isWriting = false;
                if (_isEnding)
                {
                    _flushed.TrySetResult();
                }

                return false;
            }

            (_unsent, _sending) = (_sending.Length <= KeptCapacity ? _sending : [], _unsent);
            _unsentLength = 0;
            return true;
        }
    }

    // Counted in beats, not by the clock: if this process itself was held up, one beat comes for many that are missing.
    private void Beat()
    {
        var reads = _frames.Reads;
        _silentPeriods = reads == _readsSeen ? _silentPeriods + 1 : 0;
        _readsSeen = reads;
        if (_silentPeriods >= MaxSilentPeriods)
        {
            LogSilent(Logger);
            Abort();
        }
        else
        {
            OnBeat();
        }
    }
}
