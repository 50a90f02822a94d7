namespace Otp.Cluster.Load;

/// <summary>When a request was under way, in the run's time: whatever it did was done between these two.</summary>
internal readonly record struct Interval(TimeSpan Start, TimeSpan End)
{
    public TimeSpan Length => End - Start;

    /// <summary>The span over all of them.</summary>
    public static Interval Over(IReadOnlyCollection<Interval> intervals) => new(intervals.Min(i => i.Start), intervals.Max(i => i.End));

    /// <summary>How long both last together.</summary>
    public TimeSpan Overlap(Interval other)
    {
        var start = Start > other.Start ? Start : other.Start;
        var end = End < other.End ? End : other.End;
        return end > start ? end - start : TimeSpan.Zero;
    }

    public bool Touches(Interval other) => Start <= other.End && other.Start <= End;
}
