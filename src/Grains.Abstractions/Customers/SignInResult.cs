namespace Otp.Customers;

/// <summary>An open session.</summary>
/// <param name="SessionToken">What opens it (<see cref="Customers.SessionToken"/>); only a keyed hash of its secret is stored.</param>
/// <param name="Identity">Whose session it is.</param>
[GenerateSerializer, Immutable, Alias("otp.SignInResult")]
public sealed record SignInResult([property: Id(0)] string SessionToken, [property: Id(1)] Identity Identity)
{
    public override string ToString() => nameof(SignInResult);
}
