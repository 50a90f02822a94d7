namespace Otp.Targets;

/// <summary>
/// The outcomes of calls that a gateway has attempted more than once, for an attempt that arrives late because a gateway or a silo stood
/// still. They are kept in memory, because they matter for seconds only. Most targets never have any.
/// </summary>
internal sealed class RepeatedCalls
{
    /// <summary>How long after its call was answered an attempt may still arrive.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    private const int MostKept = 64;

    private readonly List<(Guid Call, object Outcome, long At)> _calls = [];

    /// <summary>What the call was answered; null if it is not known.</summary>
    public TOutcome? Find<TOutcome>(Guid call)
        where TOutcome : class
    {
        foreach (var known in _calls)
        {
            if (known.Call == call)
            {
                return known.Outcome as TOutcome;
            }
        }

        return null;
    }

    /// <summary>Keeps an answer.</summary>
    /// <param name="call">The call.</param>
    /// <param name="outcome">The answer.</param>
    /// <param name="now">The time, in UTC ticks.</param>
    public void Add(Guid call, object outcome, long now)
    {
        _calls.RemoveAll(known => known.At <= now - Memory.Ticks);
        if (_calls.Count == MostKept)
        {
            _calls.RemoveAt(0);
        }

        _calls.Add((call, outcome, now));
    }
}
