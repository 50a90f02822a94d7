using System.Collections.Concurrent;
using Otp.Fuzz.Inputs;

namespace Otp.Fuzz;

/// <summary>What a run has found.</summary>
internal sealed class FuzzReport(int seed)
{
    /// <summary>How much more memory a gateway may hold at the end than after the first quarter of the inputs.</summary>
    public const long AllowedGrowth = 128 << 20;

    private const int KeptFindings = 20;
    private const string NoAnswer = "none";

    private readonly ConcurrentDictionary<string, int> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, FuzzFinding> _findings = new(StringComparer.Ordinal);
    private readonly List<string> _troubles = [];
    private long _longest;
    private int _inputs;

    public int Inputs => _inputs;

    public bool IsGood => _findings.IsEmpty && _troubles.Count == 0;

    /// <summary>What failed, once for each call and fault.</summary>
    public IReadOnlyCollection<FuzzFinding> Findings => [.. _findings.Values];

    /// <summary>How many answers had each status.</summary>
    public IReadOnlyDictionary<string, int> Answers => _answers;

    /// <summary>Memory after the warm-up and at the end, in bytes.</summary>
    public (long Before, long After) Resident { get; private set; }

    public void Add(int number, FuzzInput input, FuzzVerdict verdict)
    {
        Interlocked.Increment(ref _inputs);
        _answers.AddOrUpdate(verdict.Status is { } status ? $"{status}" : NoAnswer, 1, static (_, count) => count + 1);
        InterlockedMax(ref _longest, verdict.Elapsed.Ticks);
        if (verdict.Fault is { } fault && _findings.Count < KeptFindings)
        {
            _findings.TryAdd($"{input.Call} {fault}", new FuzzFinding(number, input, fault));
        }
    }

    public void Shorten(FuzzFinding finding, FuzzInput input) => _findings[$"{finding.Input.Call} {finding.Fault}"] = finding with { Input = input };

    /// <summary>Notes what is wrong beyond single answers.</summary>
    public void AddTrouble(string trouble) => _troubles.Add(trouble);

    public void SetResident(long before, long after)
    {
        Resident = (before, after);
        if (after - before > AllowedGrowth)
        {
            AddTrouble($"Memory grew by {(after - before) >> 20} MiB; {AllowedGrowth >> 20} MiB are allowed.");
        }
    }

    public override string ToString() => string.Join(Environment.NewLine,
    [
        .. _findings.Values.OrderBy(static finding => finding.Number).Select(finding => $"""
            FAULT: {finding.Fault} (--seed {seed} --only {finding.Number})
              {finding.Input}
              printf %b '{finding.Input.Build().ToString().Replace("'", @"\x27", StringComparison.Ordinal)}'
            """),
        .. _troubles,
        $"{_inputs} inputs of seed {seed}: {string.Join(", ", _answers.OrderBy(static answer => answer.Key, StringComparer.Ordinal).Select(static answer => $"{answer.Key}: {answer.Value}"))}",
        $"Longest answer {TimeSpan.FromTicks(_longest).TotalMilliseconds:0} ms; memory after a quarter of them {Resident.Before >> 20} MiB, at the end {Resident.After >> 20} MiB.",
    ]);

    private static void InterlockedMax(ref long most, long value)
    {
        for (var seen = Volatile.Read(ref most); value > seen;)
        {
            var before = Interlocked.CompareExchange(ref most, value, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }
}

/// <summary>An input that failed.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Input">The input, as short as it was found to fail.</param>
/// <param name="Fault">How.</param>
internal sealed record FuzzFinding(int Number, FuzzInput Input, string Fault);
