using System.Diagnostics.CodeAnalysis;

namespace Otp.Client;

/// <summary>The outcome of a verify.</summary>
/// <param name="IdempotencyKey">The key that it was made under.</param>
public sealed record VerifyResult(VerifyStatus Status, string IdempotencyKey) : OtpResult<VerifyStatus>(Status)
{
    /// <summary>Whether the target belongs to the person at the keyboard.</summary>
    [MemberNotNullWhen(true, nameof(VerifiedTarget), nameof(SessionToken), nameof(Identity))]
    public bool IsVerified => Status == VerifyStatus.Verified;

    /// <summary>The target in its canonical form.</summary>
    public string? VerifiedTarget { get; init; }

    /// <summary>Opens the person's session for 24 hours (<see cref="OtpClient.GetSessionAsync"/>). A secret: 256 random bits in base64url.</summary>
    public string? SessionToken { get; init; }

    /// <summary>Who it is.</summary>
    public OtpIdentity? Identity { get; init; }
}

/// <summary>How a verify ended.</summary>
public enum VerifyStatus
{
    /// <summary>The code is right, and used up.</summary>
    Verified,

    /// <summary>Wrong, expired, used, exhausted or never sent; the service does not tell which (400).</summary>
    Refused,

    /// <summary>The request is malformed, or its idempotency key named another verify before; no attempt was counted.</summary>
    InvalidRequest,

    /// <summary>The client id or secret is wrong (401).</summary>
    Unauthorized,

    /// <summary>The client lacks the role <c>otp</c>, or the program is not its own (403).</summary>
    Forbidden,

    /// <summary>Nobody knows whether it happened: repeat it with the same <see cref="VerifyResult.IdempotencyKey"/>.</summary>
    Unavailable,
}

/// <summary>A customer of the program.</summary>
/// <param name="Id">24 hexadecimal digits, the same at each sign-in.</param>
/// <param name="Email">The e-mail address, or null.</param>
/// <param name="Phone">The phone number in E.164, or null.</param>
/// <param name="Name">The name given at the first verify, or null.</param>
/// <param name="Verified">Whether the address is proved.</param>
/// <param name="VerifiedAt">When it was.</param>
/// <param name="TrustLevel">How far the service trusts the customer.</param>
public sealed record OtpIdentity(
    string Id,
    string? Email,
    string? Phone,
    string? Name,
    bool Verified,
    DateTimeOffset? VerifiedAt,
    string? TrustLevel)
{
    /// <summary>The id alone: a person must not leak by being formatted.</summary>
    public override string ToString() => Id;
}
