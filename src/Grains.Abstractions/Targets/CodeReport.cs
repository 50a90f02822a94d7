namespace Otp.Targets;

/// <summary>One live code, without its digits.</summary>
/// <param name="ExpiresAt">The last instant at which it is accepted.</param>
/// <param name="AttemptsLeft">Guesses that are still compared with it.</param>
[GenerateSerializer, Immutable, Alias("otp.CodeReport")]
public sealed record CodeReport(
    [property: Id(0)] Purpose Purpose,
    [property: Id(1)] DateTimeOffset ExpiresAt,
    [property: Id(2)] int AttemptsLeft);
