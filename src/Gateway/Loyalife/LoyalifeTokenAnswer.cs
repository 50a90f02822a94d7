namespace Otp.Gateway.Loyalife;

/// <summary>The answer to a token request.</summary>
internal sealed record LoyalifeTokenAnswer([property: JsonPropertyName("results")] LoyalifeToken Results);
