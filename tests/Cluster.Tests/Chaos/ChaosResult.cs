namespace Otp.Cluster.Chaos;

/// <summary>How a chaos run ended.</summary>
/// <param name="IsGood">Whether every promise held.</param>
/// <param name="Requests">How many requests were answered.</param>
/// <param name="Report">All of it, for people.</param>
internal sealed record ChaosResult(bool IsGood, int Requests, string Report);
