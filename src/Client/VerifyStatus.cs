namespace Otp.Client;

/// <summary>How a verify ended.</summary>
public enum VerifyStatus
{
    /// <summary>The code is right, and used up.</summary>
    Verified,

    /// <summary>Wrong, expired, used, exhausted or never sent; the service does not tell which (400).</summary>
    Refused,

    /// <summary>The request is malformed, or its idempotency key named another verify before; no attempt was counted (422).</summary>
    InvalidRequest,

    /// <summary>The client id or secret is wrong (401).</summary>
    Unauthorized,

    /// <summary>The client lacks the role <c>otp</c> (403).</summary>
    Forbidden,

    /// <summary>Nobody knows whether it happened: repeat it with the same <see cref="VerifyResult.IdempotencyKey"/>.</summary>
    Unavailable,
}
