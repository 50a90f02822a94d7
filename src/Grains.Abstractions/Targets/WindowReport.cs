namespace Otp.Targets;

/// <summary>The sends that one window counts now.</summary>
/// <param name="Window">Its name in the policy.</param>
/// <param name="Sent">Sends that it counts.</param>
/// <param name="OpensAt">When it allows the next send, if it allows none now.</param>
[GenerateSerializer, Immutable, Alias("otp.WindowReport")]
public sealed record WindowReport(
    [property: Id(0)] string Window,
    [property: Id(1)] int Limit,
    [property: Id(2)] TimeSpan Period,
    [property: Id(3)] int Sent,
    [property: Id(4)] DateTimeOffset? OpensAt);
