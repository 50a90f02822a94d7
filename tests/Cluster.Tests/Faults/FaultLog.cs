using Otp.Cluster.Load;
using Otp.Cluster.Processes;

namespace Otp.Cluster.Faults;

/// <summary>When which fault was made, and so what may be felt of it: what the checker judges failures and stalls by.</summary>
/// <param name="clock">The run's clock.</param>
/// <param name="stallTolerance">What all limits on stalls are multiplied by, for machines that have other things to do.</param>
internal sealed class FaultLog(RunClock clock, double stallTolerance = 1)
{
    /// <summary>How the judgement on an answer begins that came too late.</summary>
    public const string Stalled = "stalled";

    /// <summary>The longest that a request may take when nothing is the matter.</summary>
    public static readonly TimeSpan CalmLimit = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a restored dependency may still be felt.</summary>
    public static readonly TimeSpan Recovery = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly List<FaultSpan> _spans = [];
    private readonly List<(TimeSpan At, string What)> _events = [];
    private TimeSpan _longestCalm;

    /// <summary>The longest request while nothing was the matter.</summary>
    public TimeSpan LongestCalm
    {
        get
        {
            lock (_gate)
            {
                return _longestCalm;
            }
        }
    }

    /// <summary>Notes a fault that begins now and lasts.</summary>
    public FaultSpan Begin(string fault, TimeSpan stallLimit, Excuse excuse = Excuse.None)
    {
        var span = new FaultSpan(fault, clock.Now, stallLimit, excuse);
        lock (_gate)
        {
            _spans.Add(span);
        }

        Note(fault);
        return span;
    }

    /// <summary>Notes what happened now, for the story of a broken promise.</summary>
    public void Note(string what)
    {
        lock (_gate)
        {
            _events.Add((clock.Now, what));
        }
    }

    /// <summary>Notes that a fault's cause is gone; it may be felt for a while longer.</summary>
    public void End(FaultSpan span, TimeSpan recovery)
    {
        lock (_gate)
        {
            span.End = clock.Now + recovery;
        }
    }

    public bool Excuses(Excuse excuse, Interval at)
    {
        lock (_gate)
        {
            return _spans.Any(s => s.Excuse.HasFlag(excuse) && s.Interval.Touches(at));
        }
    }

    /// <summary>Judges how long a request took.</summary>
    /// <param name="at">When it was under way.</param>
    /// <param name="hiccup">How long the machine itself stood still meanwhile.</param>
    /// <returns>What is wrong with it; null if nothing.</returns>
    public string? Judge(Interval at, TimeSpan hiccup)
    {
        lock (_gate)
        {
            var touching = _spans.Where(s => s.Interval.Touches(at)).ToList();
            var excused = touching.Where(s => s.Excuse.HasFlag(Excuse.Unavailable)).Select(s => s.Interval.Overlap(at)).DefaultIfEmpty().Max();
            var stall = at.Length - excused - hiccup;
            foreach (var span in touching.Where(s => s.LongestStall < stall))
            {
                span.LongestStall = stall;
            }

            if (touching.Count == 0 && stall > _longestCalm)
            {
                _longestCalm = stall;
            }

            var limit = touching.Select(s => s.StallLimit).Append(CalmLimit).Max() * stallTolerance;
            return stall <= limit
                ? null
                : $"{Stalled} {stall.TotalSeconds:0.00} s (at most {limit.TotalSeconds:0.0} s in {string.Join(", ", touching.Select(s => s.Fault).DefaultIfEmpty("calm"))})";
        }
    }

    /// <summary>Per kind of fault: how often, and the longest stall.</summary>
    public IReadOnlyList<(string Fault, int Count, TimeSpan LongestStall)> Summary()
    {
        lock (_gate)
        {
            return [.. _spans.GroupBy(s => s.Fault).Select(g => (g.Key, g.Count(), g.Max(s => s.LongestStall)))];
        }
    }

    /// <summary>What went on around a request.</summary>
    public string Around(Interval at)
    {
        lock (_gate)
        {
            var near = _events.Where(e => e.At <= at.End && e.At >= at.Start - TimeSpan.FromSeconds(15)).Select(e => $"{e.At.TotalSeconds:0.000} {e.What}");
            return string.Join("; ", near.DefaultIfEmpty("none"));
        }
    }
}
