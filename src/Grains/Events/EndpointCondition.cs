namespace Otp.Events;

/// <summary>
/// Whether a program's endpoint is away: after several failures in a row, whichever the targets, one event is tried at a time, until one is
/// taken.
/// </summary>
internal sealed class EndpointCondition
{
    /// <summary>How many failures in a row. An endpoint that takes one event in two has as many by chance once in a million.</summary>
    public const int FailuresOfAway = 20;

    /// <summary>The longest time between two attempts.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private int _failures;

    /// <summary>Whether it is away.</summary>
    public bool IsAway => _failures >= FailuresOfAway;

    /// <summary>When the next attempt may be made, in UTC ticks.</summary>
    public long AwayUntil { get; private set; }

    /// <summary>Notes an attempt.</summary>
    /// <returns>Whether it has changed: it is away from now on, or is back.</returns>
    public bool Note(bool isTaken, long now)
    {
        var wasAway = IsAway;
        _failures = isTaken ? 0 : _failures + 1;
        AwayUntil = IsAway ? now + TimeSpan.FromSeconds(Math.Min(Math.Pow(2, _failures - FailuresOfAway), LongestPause.TotalSeconds)).Ticks : 0;
        return wasAway != IsAway;
    }
}
