namespace Otp.Customers;

/// <summary>One session; the key is the base64url SHA-256 of its token (<see cref="SessionToken.KeyOf"/>).</summary>
[Alias("otp.ISessionGrain")]
public interface ISessionGrain : IGrainWithStringKey
{
    /// <summary>Opens the session, once: a repeat changes nothing.</summary>
    [Alias("Open")]
    Task Open(SessionTicket ticket);

    /// <summary>Whose session it is; null if there is none, it is over, or it belongs to another program.</summary>
    [Alias("Read")]
    Task<Identity?> Read(SessionQuery query);

    /// <summary>Ends and forgets the session.</summary>
    [Alias("Close")]
    Task Close();
}
