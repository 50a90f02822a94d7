namespace Otp.Customers;

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
