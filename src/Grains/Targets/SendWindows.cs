using System.Collections.Immutable;
using Otp.Programs;

namespace Otp.Targets;

/// <summary>Exact sliding windows: a send made at t counts against a window of period p until t + p, and not at that instant.</summary>
public static class SendWindows
{
    /// <summary>The first instant at which every window allows one more send; <paramref name="now"/> or before if all allow it already.</summary>
    public static long OpenFrom(ImmutableArray<long> sends, ImmutableArray<Window> limits, long now)
    {
        var open = now;
        foreach (var limit in limits)
        {
            var counted = CountedFrom(sends, limit, now);
            var excess = sends.Length - counted - limit.Limit;
            if (excess >= 0)
            {
                open = Math.Max(open, sends[counted + excess] + limit.Period.Ticks);
            }
        }

        return open;
    }

    /// <summary>The window closest to its limit: with the fewest sends left, and among those with the longest wait for the next.</summary>
    public static WindowUsage? Tightest(ImmutableArray<long> sends, ImmutableArray<Window> limits, long now)
    {
        WindowUsage? tightest = null;
        foreach (var limit in limits)
        {
            var counted = CountedFrom(sends, limit, now);
            var used = sends.Length - counted;
            var remaining = Math.Max(0, limit.Limit - used);
            var oldest = counted + Math.Max(0, used - limit.Limit);
            var reset = used == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(sends[oldest] + limit.Period.Ticks - now);
            if (tightest is null || remaining < tightest.Remaining || (remaining == tightest.Remaining && reset > tightest.Reset))
            {
                tightest = new WindowUsage(limit.Name, remaining, reset);
            }
        }

        return tightest;
    }

    // The index of the oldest send that still counts.
    private static int CountedFrom(ImmutableArray<long> sends, Window limit, long now)
    {
        var index = 0;
        while (index < sends.Length && sends[index] <= now - limit.Period.Ticks)
        {
            index++;
        }

        return index;
    }
}
