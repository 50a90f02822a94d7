namespace Otp.Customers;

/// <summary>Asks that a right code finds or creates the target's customer and opens a session.</summary>
/// <param name="Name">The customer's name, kept from the first sign-in that brings one; null where none is given.</param>
[GenerateSerializer, Immutable, Alias("otp.SignInRequest")]
public sealed record SignInRequest([property: Id(0)] string? Name)
{
    /// <summary>Without the name.</summary>
    public override string ToString() => nameof(SignInRequest);
}
