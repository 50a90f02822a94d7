using Otp.Targets;

namespace Otp.Verifications;

/// <summary>Which verification a guess is for.</summary>
/// <param name="Sid">Its SID; null for whichever the target has.</param>
/// <param name="Payment">What the guess approves; null for nothing in particular.</param>
[GenerateSerializer, Immutable, Alias("otp.VerificationQuery")]
public sealed record VerificationQuery([property: Id(0)] string? Sid, [property: Id(1)] Payment? Payment = null);

/// <summary>Ends a verification without a guess.</summary>
/// <param name="IsApproved">Whether the caller has compared the code itself and found it right; else the verification is canceled.</param>
/// <param name="Operation">Names the request, so that a repeat has no second effect.</param>
/// <param name="Target">Where its code went.</param>
[GenerateSerializer, Immutable, Alias("otp.VerificationEnd")]
public sealed record VerificationEnd(
    [property: Id(0)] string Sid, [property: Id(1)] bool IsApproved, [property: Id(2)] Operation Operation, [property: Id(3)] Target Target);
