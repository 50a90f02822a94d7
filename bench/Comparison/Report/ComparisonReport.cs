namespace Otp.Bench.Comparison.Report;

/// <summary>All that a comparison found, and what it was found on.</summary>
internal sealed record ComparisonReport(
    string Machine,
    DateTimeOffset Date,
    string Redis,
    int Rounds,
    double Seconds,
    int Connections,
    IReadOnlyList<Summary> Results,
    IReadOnlyList<MemoryUse> Memory)
{
    /// <summary>The conditions in one line.</summary>
    public string Conditions =>
        $"{Machine}; {Redis}, append-only file; {Connections} connections; medians of {Rounds} rounds of {Seconds} s; {Date:yyyy-MM-dd}";
}
