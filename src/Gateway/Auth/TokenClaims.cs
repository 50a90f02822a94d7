namespace Orleans.Otp.Gateway.Auth;

/// <summary>Names fixed in every access token.</summary>
internal static class TokenClaims
{
    public const string Issuer = "orleans-otp";
    public const string Audience = "orleans-otp-api";
    public const string Subject = "sub";
    public const string ClientId = "client_id";
    public const string Program = "program";
    public const string Roles = "roles";
    public const string Member = "member";
    public const string Purpose = "purpose";
}
