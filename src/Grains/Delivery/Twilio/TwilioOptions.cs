namespace Otp.Delivery;

/// <summary>Settings of an account at Twilio (<c>Otp:Delivery:Twilio:{name}</c>), which sends SMS.</summary>
public sealed class TwilioOptions
{
    /// <summary>The account's SID, <c>AC…</c>.</summary>
    public string? AccountSid { get; set; }

    /// <summary>The account's auth token; not needed beside an API key.</summary>
    public string? AuthToken { get; set; }

    /// <summary>The SID of an API key, <c>SK…</c>, to sign in with instead of the auth token.</summary>
    public string? ApiKeySid { get; set; }

    /// <summary>The API key's secret.</summary>
    public string? ApiKeySecret { get; set; }

    /// <summary>The sender: a number of the account (E.164), a short code, or a name of up to 11 letters and digits.</summary>
    public string? From { get; set; }

    /// <summary>The messaging service that picks the sender, <c>MG…</c>, instead of <see cref="From"/>.</summary>
    public string? MessagingServiceSid { get; set; }

    /// <summary>Where the API is.</summary>
    public string BaseAddress { get; set; } = "https://api.twilio.com";
}
