using Otp.Targets;

namespace Otp.Customers;

/// <summary>A proven target that wants a session.</summary>
/// <param name="Target">The target that was verified.</param>
/// <param name="Verification">The proof.</param>
/// <param name="Name">The customer's name, kept from the first sign-in that brings one; null where none is given.</param>
[GenerateSerializer, Immutable, Alias("otp.SignInRequest")]
public sealed record SignInRequest(
    [property: Id(0)] Target Target,
    [property: Id(1)] Verification Verification,
    [property: Id(2)] string? Name)
{
    public override string ToString() => $"{nameof(SignInRequest)} {Target}";
}
