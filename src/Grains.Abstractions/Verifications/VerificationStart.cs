namespace Otp.Verifications;

/// <summary>What the Verify surface asks of a send, beside the program's policy.</summary>
/// <param name="Channel">How the code travels.</param>
/// <param name="CustomCode">The caller's own code, 4–10 ASCII digits; null for a new one.</param>
/// <param name="Payment">What the code approves; null for nothing in particular.</param>
/// <param name="FriendlyName">The program's name in this message; null for its own.</param>
[GenerateSerializer, Immutable, Alias("otp.VerificationStart")]
public sealed record VerificationStart(
    [property: Id(0)] VerificationChannel Channel,
    [property: Id(1)] string? CustomCode = null,
    [property: Id(2)] Payment? Payment = null,
    [property: Id(3)] string? FriendlyName = null)
{
    /// <summary>The channel alone: the code belongs in no log.</summary>
    public override string ToString() => $"{nameof(VerificationStart)} {Channel}";
}
