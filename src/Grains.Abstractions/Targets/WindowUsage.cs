namespace Otp.Targets;

/// <summary>How full one window of a target is.</summary>
/// <param name="Window">The window's name in the policy.</param>
/// <param name="Remaining">Sends that it still allows.</param>
/// <param name="Reset">How long until it allows one more than now; zero for an empty window.</param>
[GenerateSerializer, Immutable, Alias("otp.WindowUsage")]
public sealed record WindowUsage(
    [property: Id(0)] string Window,
    [property: Id(1)] int Remaining,
    [property: Id(2)] TimeSpan Reset);
