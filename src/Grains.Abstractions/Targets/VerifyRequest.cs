using Otp.Customers;
using Otp.Verifications;

namespace Otp.Targets;

/// <summary>A guess at the code that was sent to <paramref name="Target"/> for <paramref name="Purpose"/>.</summary>
/// <param name="Target">Where the code went.</param>
/// <param name="Code">ASCII digits; the caller has checked the form, so that a malformed code costs no attempt.</param>
/// <param name="IsDiscreet">As in <see cref="SendRequest"/>.</param>
/// <param name="Attempt">As in <see cref="SendRequest"/>.</param>
/// <param name="SignIn">Whether a right code opens a session too; null if not.</param>
/// <param name="Verification">Which verification the guess is for; null on every surface but Verify.</param>
[GenerateSerializer, Immutable, Alias("otp.VerifyRequest")]
public sealed record VerifyRequest(
    [property: Id(0)] Target Target,
    [property: Id(1)] Purpose Purpose,
    [property: Id(2)] string Code,
    [property: Id(3)] Operation Operation,
    [property: Id(4)] bool IsDiscreet = false,
    [property: Id(6)] Attempt Attempt = default,
    [property: Id(7)] SignInRequest? SignIn = null,
    [property: Id(8)] VerificationQuery? Verification = null)
{
    /// <summary>Without the guess: it may be right.</summary>
    public override string ToString() => $"{nameof(VerifyRequest)} {Target} {Purpose}";
}
