namespace Otp.Customers;

/// <summary>The customer behind one verified target of one program; same key as the target's grain.</summary>
[Alias("otp.ICustomerGrain")]
public interface ICustomerGrain : IGrainWithStringKey
{
    /// <summary>Finds or creates the customer and opens a session. A repeat with the same proof gets the same session.</summary>
    [Alias("SignIn")]
    Task<SignInResult> SignIn(SignInRequest request);

    /// <summary>Forgets the customer and closes all sessions.</summary>
    [Alias("Erase")]
    Task Erase();
}
