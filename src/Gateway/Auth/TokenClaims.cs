namespace Otp.Gateway.Auth;

/// <summary>Names fixed in every access token.</summary>
internal static class TokenClaims
{
    public const string Issuer = "orleans-otp";
    public const string Audience = "orleans-otp-api";
    public const string Subject = "sub";
    public const string ClientId = "client_id";
    public const string Program = "program";

    /// <summary>The member that the token is bound to, by its keyed hash; absent in a token for all.</summary>
    public const string Member = "member";

    /// <summary>The purpose that the token is bound to, in a token that is bound to a member.</summary>
    public const string OtpType = "otp_type";

    /// <summary>The id of the secret that the token was issued for; it ends with it.</summary>
    public const string Secret = "secret";
}
