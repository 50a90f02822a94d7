using Otp.Cluster.Load;

namespace Otp.Cluster.Faults;

/// <summary>A time in which a fault may be felt.</summary>
/// <param name="Fault">What happened.</param>
/// <param name="Start">When it began.</param>
/// <param name="StallLimit">The longest that a request may take which was under way in it.</param>
/// <param name="Excuse">What it excuses.</param>
internal sealed record FaultSpan(string Fault, TimeSpan Start, TimeSpan StallLimit, Excuse Excuse)
{
    /// <summary>When it must be over; not known at first where it lasts as long as the fault.</summary>
    public TimeSpan End { get; set; } = TimeSpan.MaxValue;

    /// <summary>The longest request that was under way in it, without time that it excuses.</summary>
    public TimeSpan LongestStall { get; set; }

    public Interval Interval => new(Start, End);
}
