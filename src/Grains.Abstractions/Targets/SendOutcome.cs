using Otp.Verifications;

namespace Otp.Targets;

/// <summary>What came of a <see cref="SendRequest"/>.</summary>
/// <param name="RetryAfter">How long until a send can succeed; zero unless refused by a window or the lockout.</param>
/// <param name="Limit">The window that is closest to full; null where the program has none.</param>
/// <param name="Code">The code itself, only where <c>Otp:ExposeCodes</c> is set; otherwise null.</param>
/// <param name="Verification">The verification, if the request was for one and it was sent; otherwise null.</param>
[GenerateSerializer, Immutable, Alias("otp.SendOutcome")]
public sealed record SendOutcome(
    [property: Id(0)] SendStatus Status,
    [property: Id(1)] TimeSpan RetryAfter = default,
    [property: Id(2)] WindowUsage? Limit = null,
    [property: Id(3)] string? Code = null,
    [property: Id(4)] VerificationReport? Verification = null)
{
    /// <summary>The status alone: the code belongs in no log.</summary>
    public override string ToString() => $"{nameof(SendOutcome)} {Status}";
}
