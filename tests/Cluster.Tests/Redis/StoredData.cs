namespace Otp.Cluster.Redis;

/// <summary>What was found in Redis.</summary>
/// <param name="Records">How many grains' records there are.</param>
/// <param name="BytesPerTarget">The memory of all of them, by target.</param>
/// <param name="Findings">What must not be there.</param>
internal sealed record StoredData(int Records, double BytesPerTarget, IReadOnlyList<string> Findings)
{
    public override string ToString() => string.Join(
        Environment.NewLine,
        Findings.Distinct().Append($"{Records} records, {BytesPerTarget:0} bytes of Redis' memory per target; {Findings.Count} things that must not be there."));
}
