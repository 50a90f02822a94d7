namespace Orleans.Redis;

/// <summary>
/// The calls of one connection that wait for their replies, oldest first. A place can be empty: its reply is still due, but nobody waits for it.
/// </summary>
internal sealed class PendingCalls
{
    private RedisCall?[] _places = new RedisCall?[64];
    private int _first;

    public int Count { get; private set; }

    public void Enqueue(RedisCall? call)
    {
        if (Count == _places.Length)
            Grow();
        _places[(_first + Count) & (_places.Length - 1)] = call;
        Count++;
    }

    /// <summary>Takes the oldest place.</summary>
    /// <returns>False if no reply is due at all.</returns>
    public bool TryDequeue(out RedisCall? call)
    {
        call = null;
        if (Count == 0)
            return false;
        (call, _places[_first]) = (_places[_first], null);
        _first = (_first + 1) & (_places.Length - 1);
        Count--;
        return true;
    }

    /// <summary>Empties the places of the calls that began before an instant.</summary>
    public List<RedisCall>? TakeOlderThan(long started)
    {
        List<RedisCall>? old = null;
        for (var i = 0; i < Count; i++)
        {
            ref var place = ref _places[(_first + i) & (_places.Length - 1)];
            if (place is not null && place.Started < started)
            {
                (old ??= []).Add(place);
                place = null;
            }
        }

        return old;
    }

    private void Grow()
    {
        var places = new RedisCall?[_places.Length * 2];
        for (var i = 0; i < Count; i++)
            places[i] = _places[(_first + i) & (_places.Length - 1)];
        (_places, _first) = (places, 0);
    }
}
