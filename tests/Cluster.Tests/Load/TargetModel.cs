namespace Otp.Cluster.Load;

/// <summary>
/// What one target must remember, kept by naive bookkeeping of answers: tells what the next answer must be. Instants are known as intervals
/// only, so close to a deadline either answer is right.
/// </summary>
internal sealed class TargetModel(Rules rules)
{
    // What the clocks of two processes on one machine may differ by.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(50);

    private readonly List<Interval> _sends = [];
    private readonly HashSet<string> _consumed = [];
    private HashSet<string> _candidates = [];
    private Interval _created;
    private int _leastWrong;
    private int _mostWrong;

    /// <summary>The codes one of which is alive, unless its time is over: several where sends raced, none where no code is.</summary>
    public IReadOnlyCollection<string> Candidates => _candidates;

    /// <summary>Whether guesses are surely left.</summary>
    public bool HasAttempts => _mostWrong < rules.Attempts;

    /// <summary>How many of some sends made at once must and may be accepted.</summary>
    public (int Least, int Most) ExpectSends(int count, Interval at)
    {
        var (least, most) = (count, count);
        foreach (var (limit, period) in rules.Windows)
        {
            var surely = _sends.Count(s => s.Start > at.End - period + Slack);
            var perhaps = _sends.Count(s => s.End > at.Start - period - Slack);
            least = Math.Min(least, Math.Max(0, limit - perhaps));
            most = Math.Min(most, Math.Max(0, limit - surely));
        }

        return (least, most);
    }

    /// <summary>Notes accepted sends, made at once, with the codes they told.</summary>
    public void Sent(IReadOnlyCollection<Interval> sends, IEnumerable<string> codes)
    {
        _sends.AddRange(sends);
        _candidates = [.. codes];
        _created = Interval.Over(sends);
        _leastWrong = _mostWrong = 0;
    }

    public Expectation ExpectGuess(string code, Interval at)
    {
        if (!_candidates.Contains(code) || _leastWrong >= rules.Attempts || IsSurelyOver(at))
        {
            return Expectation.Refuse;
        }

        return _candidates.Count == 1 && HasAttempts && IsSurelyInTime(at) ? Expectation.Accept : Expectation.Either;
    }

    /// <summary>Whether a guess at that time is surely compared with a live code, and so counts if it is wrong.</summary>
    public bool IsSurelyCompared(Interval at) => _candidates.Count > 0 && HasAttempts && IsSurelyInTime(at);

    /// <summary>Whether a code is surely what a repeated send tells again, or surely not.</summary>
    public Expectation ExpectRepeated(string code, Interval at) =>
        !_candidates.Contains(code) || IsSurelyOver(at) ? Expectation.Refuse
        : _candidates.Count == 1 && IsSurelyInTime(at) ? Expectation.Accept
        : Expectation.Either;

    /// <summary>Notes the answer to a guess.</summary>
    public void Guessed(string code, Interval at, bool accepted)
    {
        if (accepted)
        {
            _consumed.Add(code);
            _candidates = [];
        }
        else if (_candidates.Count > 0)
        {
            _leastWrong += IsSurelyCompared(at) ? 1 : 0;
            _mostWrong++;
            _candidates.Remove(code);
        }
    }

    /// <summary>Why a code must not have been accepted.</summary>
    public string Reproach(string code) =>
        _consumed.Contains(code) ? "accepted a second time"
        : !_candidates.Contains(code) ? "accepted though it is not the live code"
        : _leastWrong >= rules.Attempts ? $"accepted after {rules.Attempts} wrong guesses"
        : "accepted though its time was over";

    private bool IsSurelyInTime(Interval at) => at.End < _created.Start + rules.Lifetime - Slack;

    private bool IsSurelyOver(Interval at) => at.Start > _created.End + rules.Lifetime + Slack;
}
