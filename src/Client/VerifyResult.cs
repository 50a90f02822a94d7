using System.Diagnostics.CodeAnalysis;

namespace Otp.Client;

/// <summary>The outcome of a verify.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="IdempotencyKey">The key that it was made under.</param>
public sealed record VerifyResult(VerifyStatus Status, string IdempotencyKey)
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

    /// <summary>How long to wait before it is worth trying again; null if the service did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What is wrong, in the service's words; null after a success.</summary>
    public string? Error { get; init; }

    /// <summary>The status alone: neither a person nor a session token must leak by being formatted.</summary>
    public override string ToString() => $"{nameof(VerifyResult)} {Status}";
}
