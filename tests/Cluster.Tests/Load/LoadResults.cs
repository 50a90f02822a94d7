using Otp.Cluster.Faults;

namespace Otp.Cluster.Load;

/// <summary>What a load has found: answers by status, how long they took, broken promises.</summary>
internal sealed class LoadResults(FaultLog faults, Hiccups hiccups)
{
    private const int ToldOfAKind = 20;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, int> _answers = new(StringComparer.Ordinal);
    private readonly List<float> _milliseconds = [];
    private readonly List<string> _violations = [];
    private readonly SortedDictionary<string, int> _violationKinds = new(StringComparer.Ordinal);
    private int _repeated;

    public int Requests
    {
        get
        {
            lock (_gate)
            {
                return _milliseconds.Count;
            }
        }
    }

    public int Violations
    {
        get
        {
            lock (_gate)
            {
                return _violationKinds.Values.Sum();
            }
        }
    }

    /// <summary>Counts an answer.</summary>
    /// <returns>What is wrong with it but for its content; null if nothing.</returns>
    public string? Count(string kind, OtpAnswer answer)
    {
        lock (_gate)
        {
            var name = $"{kind} {(int)answer.Status}";
            _answers[name] = _answers.GetValueOrDefault(name) + 1;
            _repeated += answer.Attempts > 1 ? 1 : 0;
            _milliseconds.Add((float)answer.At.Length.TotalMilliseconds);
        }

        var stall = faults.Judge(answer.At, hiccups.Within(answer.At));
        return answer.Failure ?? stall;
    }

    public void Violate(string what, string target, Story story, Interval at)
    {
        lock (_gate)
        {
            // A wait says how long it was; everything else is a kind as it stands.
            var kind = what.StartsWith(FaultLog.Stalled, StringComparison.Ordinal) ? FaultLog.Stalled : what;
            var count = _violationKinds[kind] = _violationKinds.GetValueOrDefault(kind) + 1;
            if (count <= ToldOfAKind)
            {
                _violations.Add($"VIOLATION at {at.End.TotalSeconds:0.000}: {what}{Environment.NewLine}  target {target}; faults: {faults.Around(at)}{Environment.NewLine}{story}");
            }
        }
    }

    /// <summary>All of it, for people.</summary>
    public string Report(TimeSpan duration)
    {
        lock (_gate)
        {
            var sorted = _milliseconds.Order().ToArray();
            List<string> lines =
            [
                .. _violations,
                $"{sorted.Length} requests in {duration.TotalSeconds:0} s ({sorted.Length / duration.TotalSeconds:0}/s): {string.Join(", ", _answers.Select(a => $"{a.Key}: {a.Value}"))}; {_repeated} had to be repeated",
                $"Latency: p50 {At(sorted, 0.5):0.0} ms, p99 {At(sorted, 0.99):0.0} ms, longest {At(sorted, 1):0} ms; longest while nothing was the matter {faults.LongestCalm.TotalMilliseconds:0} ms; this machine's longest standstill {hiccups.Longest.TotalMilliseconds:0} ms.",
                .. faults.Summary().Select(f => $"Fault: {f.Fault}, {f.Count} times, longest stall {f.LongestStall.TotalSeconds:0.00} s"),
                $"Violations: {Violations}",
                .. _violationKinds.Select(kind => $"  {kind.Key}: {kind.Value}"),
            ];
            return string.Join(Environment.NewLine, lines);
        }
    }

    private static float At(float[] sorted, double quantile) => sorted.Length == 0 ? 0 : sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * quantile)];
}
