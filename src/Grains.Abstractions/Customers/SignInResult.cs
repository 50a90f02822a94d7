namespace Otp.Customers;

/// <summary>An open session.</summary>
/// <param name="SessionToken">256 random bits, base64url; only its SHA-256 is stored.</param>
/// <param name="Identity">Whose session it is.</param>
[GenerateSerializer, Immutable, Alias("otp.SignInResult")]
public sealed record SignInResult([property: Id(0)] string SessionToken, [property: Id(1)] Identity Identity)
{
    public override string ToString() => nameof(SignInResult);
}
