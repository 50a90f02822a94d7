namespace Otp.Programs;

/// <summary>Access tokens: configuration section <c>Otp:Tokens</c>.</summary>
public sealed class TokenOptions
{
    /// <summary>The key that signs them (HMAC-SHA-256), base64 of at least 32 bytes.</summary>
    public string? SigningKey { get; set; }

    /// <summary>How long one is valid.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(30);
}
