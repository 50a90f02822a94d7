namespace Otp.Client;

/// <summary>How a send ended.</summary>
public enum SendStatus
{
    /// <summary>A code is on its way.</summary>
    Sent,

    /// <summary>The target is no e-mail address or phone number, or not one that the program sends to (400).</summary>
    TargetRefused,

    /// <summary>A limit is reached; <see cref="SendResult.RetryAfter"/> says when it no longer is (429).</summary>
    Limited,

    /// <summary>No provider took the message; the send does not count, and an earlier code stays alive (502).</summary>
    NotDelivered,

    /// <summary>The request is malformed, or its idempotency key named another send before (422).</summary>
    InvalidRequest,

    /// <summary>The client id or secret is wrong (401).</summary>
    Unauthorized,

    /// <summary>The client lacks the role <c>otp</c> (403).</summary>
    Forbidden,

    /// <summary>Nobody knows whether it happened: repeat it with the same <see cref="SendResult.IdempotencyKey"/>.</summary>
    Unavailable,
}
