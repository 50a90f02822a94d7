namespace Otp.Gateway.Auth;

/// <summary>A token as it is handed out.</summary>
/// <param name="Value">The JWT.</param>
/// <param name="ExpiresAt">Its end; the JWT says it in whole seconds, rounded down.</param>
internal sealed record AccessToken(string Value, DateTimeOffset ExpiresAt)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => $"{nameof(AccessToken)} until {ExpiresAt:O}";
}
