namespace Otp.Customers;

/// <summary>Asks that a right code finds or creates the target's customer and opens a session.</summary>
/// <param name="Name">The customer's name, kept from the first sign-in that brings one; null where none is given.</param>
[GenerateSerializer, Immutable, Alias("otp.SignInRequest")]
public sealed record SignInRequest([property: Id(0)] string? Name)
{
    /// <summary>Without the name.</summary>
    public override string ToString() => nameof(SignInRequest);
}

/// <summary>An open session.</summary>
/// <param name="SessionToken">What opens it (<see cref="Customers.SessionToken"/>); only a keyed hash of its secret is stored.</param>
/// <param name="Identity">Whose session it is.</param>
[GenerateSerializer, Immutable, Alias("otp.SignInResult")]
public sealed record SignInResult([property: Id(0)] string SessionToken, [property: Id(1)] Identity Identity)
{
    public override string ToString() => nameof(SignInResult);
}

/// <summary>Who a customer is, as the LoyaltyDog API shows it.</summary>
/// <param name="Id">24 hexadecimal digits.</param>
/// <param name="Email">The verified address, if it is an e-mail address.</param>
/// <param name="Phone">The verified number in E.164, if it is a phone number.</param>
/// <param name="Name">The name given at the first registration, if any.</param>
/// <param name="Verified">Whether possession of the target was proven.</param>
/// <param name="VerifiedAt">When it was proven last, as of the session's opening.</param>
/// <param name="TrustLevel">How it was proven.</param>
[GenerateSerializer, Immutable, Alias("otp.Identity")]
public sealed record Identity(
    [property: Id(0)] string Id,
    [property: Id(1)] string? Email,
    [property: Id(2)] string? Phone,
    [property: Id(3)] string? Name,
    [property: Id(4)] bool Verified,
    [property: Id(5)] DateTimeOffset VerifiedAt,
    [property: Id(6)] string TrustLevel)
{
    public override string ToString() => $"{nameof(Identity)} {Id}";
}
