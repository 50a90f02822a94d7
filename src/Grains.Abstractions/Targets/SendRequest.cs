using Otp.Verifications;

namespace Otp.Targets;

/// <summary>Asks for a code to be sent to <paramref name="Target"/>.</summary>
/// <param name="Operation">Names the send, so that a repeat has no second effect.</param>
/// <param name="Locale">The language (BCP 47), or several by preference, such as <c>pt-BR,en</c>; null for the program's default.</param>
/// <param name="IsDiscreet">Whether the time it takes must not tell if anything is known of the target: its record is read each time.</param>
/// <param name="Attempt">Which attempt of a gateway's this is.</param>
/// <param name="Verification">What the Verify surface asks for; null on every other.</param>
[GenerateSerializer, Immutable, Alias("otp.SendRequest")]
public sealed record SendRequest(
    [property: Id(0)] Target Target,
    [property: Id(1)] Purpose Purpose,
    [property: Id(2)] Operation Operation,
    [property: Id(3)] string? Locale = null,
    [property: Id(4)] bool IsDiscreet = false,
    [property: Id(5)] Attempt Attempt = default,
    [property: Id(6)] VerificationStart? Verification = null);
