namespace Otp.Targets;

/// <summary>What came of a <see cref="VerifyRequest"/>.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Verified">When and by which proof, if the code was right; otherwise null.</param>
[GenerateSerializer, Immutable, Alias("otp.VerifyOutcome")]
public sealed record VerifyOutcome([property: Id(0)] VerifyStatus Status, [property: Id(1)] Verification? Verified = null);
