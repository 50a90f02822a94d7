namespace Orleans.Runtime;

/// <summary>Turns that wait, linked in a ring: the field that holds the last one is all that an empty queue costs.</summary>
internal static class TurnQueue
{
    internal static void Add(ref Turn? last, Turn turn)
    {
        if (last is null)
        {
            turn.Next = turn;
        }
        else
        {
            turn.Next = last.Next;
            last.Next = turn;
        }

        last = turn;
    }

    /// <summary>Takes the first turn that somebody still wants, and drops those before it.</summary>
    internal static Turn? Take(ref Turn? last)
    {
        while (last is not null)
        {
            var first = last.Next!;
            last.Next = first.Next;
            last = ReferenceEquals(first, last) ? null : last;
            first.Next = null;
            if (!first.IsAbandoned)
            {
                return first;
            }
        }

        return null;
    }

    /// <summary>Takes all turns that somebody still wants, in order, as a queue of their own.</summary>
    internal static Turn? TakeAll(ref Turn? last)
    {
        Turn? all = null;
        while (Take(ref last) is { } turn)
        {
            Add(ref all, turn);
        }

        return all;
    }
}
