namespace Otp.Client;

/// <summary>A customer of the program.</summary>
/// <param name="Id">24 hexadecimal digits, the same at each sign-in.</param>
/// <param name="Email">The e-mail address, or null.</param>
/// <param name="Phone">The phone number in E.164, or null.</param>
/// <param name="Name">The name given at the first verify, or null.</param>
/// <param name="Verified">Whether the address is proved.</param>
/// <param name="VerifiedAt">When it was.</param>
/// <param name="TrustLevel">How far the service trusts the customer.</param>
public sealed record OtpIdentity(
    string Id,
    string? Email,
    string? Phone,
    string? Name,
    bool Verified,
    DateTimeOffset? VerifiedAt,
    string? TrustLevel)
{
    /// <summary>The id alone: a person must not leak by being formatted.</summary>
    public override string ToString() => Id;
}
