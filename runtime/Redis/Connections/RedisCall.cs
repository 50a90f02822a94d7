using System.Threading.Tasks.Sources;

namespace Orleans.Redis;

/// <summary>
/// A command on its way and the source of its reply's task. It comes from a pool and goes back when its reply is taken,
/// so a command costs no allocation. One hand holds it at a time: the sender's, then a connection's queue, then its completion.
/// </summary>
internal sealed class RedisCall(RedisCallPool pool) : IValueTaskSource<RespValue>, IThreadPoolWorkItem
{
    private ManualResetValueTaskSourceCore<RespValue> _source;
    private RedisArgument[] _words = new RedisArgument[8];
    private int _count;
    private RedisScript? _script;
    private bool _wholeScript;
    private RespValue _reply;
    private Exception? _error;
    private bool _completesInline;

    public ValueTask<RespValue> Task => new(this, _source.Version);

    /// <summary>When it was asked for: a timestamp of the client's clock.</summary>
    public long Started { get; private set; }

    /// <summary>How often a server has sent it elsewhere.</summary>
    public int Redirections { get; set; }

    public ReadOnlySpan<RedisArgument> Words => _words.AsSpan(0, _count);

    /// <summary>Makes it a command whose key, if any, is the first word after its name.</summary>
    public void Prepare(long started, RedisArgument name, ReadOnlySpan<RedisArgument> arguments)
    {
        var words = Begin(started, 1 + arguments.Length);
        words[0] = name;
        arguments.CopyTo(words[1..]);
    }

    /// <summary>Makes it a call of a script by hash.</summary>
    public void Prepare(long started, RedisScript script, RedisArgument key, ReadOnlySpan<RedisArgument> arguments)
    {
        var words = Begin(started, 4 + arguments.Length);
        _script = script;
        words[0] = RedisWords.EvalSha;
        words[1] = script.Hash;
        words[2] = RedisWords.One;
        words[3] = key;
        arguments.CopyTo(words[4..]);
    }

    /// <summary>The slot of its key in a Redis Cluster; null if it has none.</summary>
    public int? FindSlot()
    {
        var index = _script is null ? 1 : 3;
        if (index >= _count)
            return null;
        var key = new byte[_words[index].Length];
        _words[index].CopyTo(key);
        return HashSlot.Of(key);
    }

    /// <summary>Has the script sent in full, which the server then remembers.</summary>
    /// <returns>False if it is no call of a script, or was sent in full already.</returns>
    public bool SendWholeScript()
    {
        if (_script is null || _wholeScript)
            return false;
        _wholeScript = true;
        _words[0] = RedisWords.Eval;
        _words[1] = _script.Text;
        return true;
    }

    /// <summary>
    /// Ends the call. A caller with a synchronization context of its own has its continuation posted there anyway: what runs on the
    /// connection's reader is the way there. Others continue on the pool.
    /// </summary>
    public void Complete(in RespValue reply)
    {
        if (_completesInline)
        {
            _source.SetResult(reply);
            return;
        }

        _reply = reply;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Fail(Exception error)
    {
        _error = error;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Runs the caller's continuation, away from the connection's reader.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        if (_error is { } error)
            _source.SetException(error);
        else
            _source.SetResult(_reply);
    }

    RespValue IValueTaskSource<RespValue>.GetResult(short token)
    {
        if (_source.GetStatus(token) == ValueTaskSourceStatus.Pending)
            throw new InvalidOperationException("The reply is not there yet.");
        try
        {
            return _source.GetResult(token);
        }
        finally
        {
            Recycle();
        }
    }

    ValueTaskSourceStatus IValueTaskSource<RespValue>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<RespValue>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private Span<RedisArgument> Begin(long started, int count)
    {
        Started = started;
        _completesInline = SynchronizationContext.Current is not null;
        if (_words.Length < count)
            _words = new RedisArgument[count];
        _count = count;
        return _words.AsSpan(0, count);
    }

    private void Recycle()
    {
        _words.AsSpan(0, _count).Clear();
        _source.Reset();
        _script = null;
        _wholeScript = false;
        _reply = default;
        _error = null;
        Redirections = 0;
        pool.Return(this);
    }
}
