using System.Collections.Concurrent;

namespace Orleans.Redis;

/// <summary>Keeps a bounded number of calls for use again.</summary>
internal sealed class RedisCallPool
{
    private const int Capacity = 4096;

    private readonly ConcurrentQueue<RedisCall> _calls = new();
    private int _count;

    public RedisCall Rent()
    {
        if (!_calls.TryDequeue(out var call))
            return new(this);
        Interlocked.Decrement(ref _count);
        return call;
    }

    public void Return(RedisCall call)
    {
        if (Interlocked.Increment(ref _count) <= Capacity)
            _calls.Enqueue(call);
        else
            Interlocked.Decrement(ref _count);
    }
}
