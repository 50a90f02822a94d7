namespace Orleans.Runtime;

/// <summary>Some of the calls that wait, linked in the order they came; not thread-safe by itself: lock it.</summary>
internal sealed class TimeoutList
{
    private PendingCall? _first;
    private PendingCall? _last;

    internal void Add(PendingCall call)
    {
        call.IsListed = true;
        call.Earlier = _last;
        if (_last is null)
        {
            _first = call;
        }
        else
        {
            _last.Later = call;
        }

        _last = call;
    }

    internal void Remove(PendingCall call)
    {
        if (call.Earlier is null)
        {
            _first = call.Later;
        }
        else
        {
            call.Earlier.Later = call.Later;
        }

        if (call.Later is null)
        {
            _last = call.Earlier;
        }
        else
        {
            call.Later.Earlier = call.Earlier;
        }

        call.Earlier = call.Later = null;
        call.IsListed = false;
    }

    /// <summary>Takes out the calls that are overdue.</summary>
    /// <returns>The earliest deadline of those that stay; <see cref="long.MaxValue"/> if none does.</returns>
    internal long TakeOverdue(long now, List<PendingCall> overdue)
    {
        var earliest = long.MaxValue;
        for (var call = _first; call is not null;)
        {
            var later = call.Later;
            if (call.Deadline <= now)
            {
                Remove(call);
                overdue.Add(call);
            }
            else
            {
                earliest = Math.Min(earliest, call.Deadline);
            }

            call = later;
        }

        return earliest;
    }
}
