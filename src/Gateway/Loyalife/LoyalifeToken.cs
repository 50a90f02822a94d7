namespace Otp.Gateway.Loyalife;

/// <summary>A token as Loyalife hands it out.</summary>
/// <param name="Token">The JWT.</param>
/// <param name="TokenExpiresOn">Its end in ISO 8601: UTC, in whole seconds.</param>
internal sealed record LoyalifeToken(
    [property: JsonPropertyName("token")] string Token,
    [property: JsonPropertyName("tokenExpiresOn")] string TokenExpiresOn)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => $"{nameof(LoyalifeToken)} until {TokenExpiresOn}";
}
