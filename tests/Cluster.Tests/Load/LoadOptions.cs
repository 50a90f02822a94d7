namespace Otp.Cluster.Load;

/// <summary>How hard the load is.</summary>
internal sealed record LoadOptions
{
    /// <summary>How many acts are under way at once, at most; each is a request or a few.</summary>
    public int Workers { get; init; } = 24;

    /// <summary>How many acts begin in a second, all workers together.</summary>
    public int ActsPerSecond { get; init; } = 200;

    /// <summary>What the random choices begin from.</summary>
    public int Seed { get; init; } = 1;
}
