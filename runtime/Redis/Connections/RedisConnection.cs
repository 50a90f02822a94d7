using System.Buffers;
using System.IO.Pipelines;

namespace Orleans.Redis;

/// <summary>
/// One pipelined connection. Commands are written one after another into a buffer; whatever has gathered there is sent at once,
/// and replies complete their calls in the same order. Once it breaks, every call still waiting fails and nothing is sent again.
/// </summary>
internal sealed class RedisConnection : IThreadPoolWorkItem
{
    private const int MaxIdleBuffer = 1 << 20;

    private readonly Stream _stream;
    private readonly PipeReader _input;
    private readonly RedisOptions _options;
    private readonly TimeProvider _time;
    private readonly ReplyHandler _onReply;
    private readonly TaskCompletionSource<Exception?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _sweep;
    private readonly Lock _gate = new();
    private readonly PendingCalls _pending = new();
    private ArrayBufferWriter<byte> _filling = new();
    private ArrayBufferWriter<byte> _sending = new();
    private bool _isSending;
    private bool _isClosed;
    private long _lastReceived;

    /// <summary>Begins to receive.</summary>
    /// <param name="stream">Connected and greeted.</param>
    /// <param name="input">Reads <paramref name="stream"/>.</param>
    /// <param name="onReply">Takes each reply with its call; runs on the reader, so it must not block.</param>
    public RedisConnection(Stream stream, PipeReader input, RedisOptions options, TimeProvider time, ReplyHandler onReply)
    {
        _stream = stream;
        _input = input;
        _options = options;
        _time = time;
        _onReply = onReply;
        _lastReceived = time.GetTimestamp();
        var period = options.CommandTimeout / 10;
        _sweep = time.CreateTimer(static connection => ((RedisConnection)connection!).Sweep(), this, period, period);
        _ = ReceiveAsync();
    }

    /// <summary>Takes a reply and the call it answers.</summary>
    public delegate void ReplyHandler(RedisCall call, in RespValue reply);

    /// <summary>Ends when the connection does, with the cause; null if it was closed on purpose.</summary>
    public Task<Exception?> Closed => _closed.Task;

    /// <summary>Sends a call, or fails it at once when too many wait.</summary>
    /// <param name="asking">Whether a slot that is moving here is asked for.</param>
    /// <returns>False if the connection is closed: the call is still the caller's.</returns>
    public bool TrySend(RedisCall call, bool asking = false)
    {
        bool isRefused, isFirst = false;
        lock (_gate)
        {
            if (_isClosed)
                return false;
            isRefused = _pending.Count >= _options.MaxInFlight || _filling.WrittenCount >= _options.MaxUnsentBytes;
            if (!isRefused)
            {
                if (asking)
                {
                    RespWriter.WriteCommand(_filling, RedisWords.Asking);
                    _pending.Enqueue(call: null);
                }

                RespWriter.WriteCommand(_filling, call.Words);
                _pending.Enqueue(call);
                isFirst = !_isSending;
                _isSending = true;
            }
        }

        if (isRefused)
            call.Fail(new RedisBusyException());
        else if (isFirst)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    /// <summary>Breaks the connection; every call that waits fails with its outcome unknown.</summary>
    public void Close(Exception? cause)
    {
        lock (_gate)
        {
            if (_isClosed)
                return;
            _isClosed = true;
        }

        _sweep.Dispose();
        _stream.Dispose();
        while (_pending.TryDequeue(out var call))
            call?.Fail(new RedisConnectionException("The connection to Redis broke before the reply came.", outcomeUnknown: true, cause));
        _closed.SetResult(cause);
    }

    void IThreadPoolWorkItem.Execute() => _ = SendAsync();

    private async Task SendAsync()
    {
        try
        {
            while (TakeUnsent() is { } unsent)
            {
                await _stream.WriteAsync(unsent.WrittenMemory);
                if (unsent.Capacity <= MaxIdleBuffer)
                    unsent.ResetWrittenCount();
                else
                    _sending = new();
            }
        }
        catch (Exception cause)
        {
            Close(cause);
        }
    }

    private ArrayBufferWriter<byte>? TakeUnsent()
    {
        lock (_gate)
        {
            _isSending = !_isClosed && _filling.WrittenCount > 0;
            if (!_isSending)
                return null;
            (_filling, _sending) = (_sending, _filling);
            return _sending;
        }
    }

    private async Task ReceiveAsync()
    {
        Exception? cause = null;
        try
        {
            while (true)
            {
                var read = await _input.ReadAsync();
                Volatile.Write(ref _lastReceived, _time.GetTimestamp());
                var buffer = read.Buffer;
                while (RespParser.TryRead(ref buffer, out var reply))
                    Handle(reply);
                if (read.IsCompleted)
                    throw new EndOfStreamException("Redis closed the connection.");
                _input.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        catch (Exception e)
        {
            cause = e;
        }

        Close(cause);
        await _input.CompleteAsync();
    }

    private void Handle(in RespValue reply)
    {
        if (reply.Kind == RespKind.Push)
            return;
        RedisCall? call;
        lock (_gate)
        {
            if (_isClosed || !_pending.TryDequeue(out call))
                throw new RedisProtocolException("A reply answers no command.");
        }

        if (call is not null)
            _onReply(call, reply);
    }

    /// <summary>
    /// Fails the calls whose time is over. If nothing at all came since the oldest of them was asked, the connection is dead:
    /// it is closed so that a new one can be made.
    /// </summary>
    private void Sweep()
    {
        var limit = _time.GetTimestamp() - (long)(_options.CommandTimeout.TotalSeconds * _time.TimestampFrequency);
        List<RedisCall>? late;
        lock (_gate)
        {
            if (_isClosed || _pending.TakeOlderThan(limit) is not { } old)
                return;
            late = old;
        }

        var isSilent = Volatile.Read(ref _lastReceived) < late.Min(call => call.Started);
        var timeout = new RedisTimeoutException($"Redis did not reply within {_options.CommandTimeout.TotalSeconds} s.");
        foreach (var call in late)
            call.Fail(new RedisTimeoutException(timeout.Message));
        if (isSilent)
            Close(timeout);
    }
}
