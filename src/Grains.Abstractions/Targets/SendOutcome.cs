using Otp.Verifications;

namespace Otp.Targets;

/// <summary>What came of a <see cref="SendRequest"/>.</summary>
/// <param name="RetryAfter">How long until a send can succeed; zero unless refused by a window or the lockout.</param>
/// <param name="Limit">The window that is closest to full; null where the program has none.</param>
/// <param name="Code">The code itself, only where <c>Otp:ExposeCodes</c> is set; otherwise null.</param>
/// <param name="Verification">The verification, if the request was for one and it was sent; otherwise null.</param>
[GenerateSerializer, Immutable, Alias("otp.SendOutcome")]
public sealed record SendOutcome(
    [property: Id(0)] SendStatus Status,
    [property: Id(1)] TimeSpan RetryAfter = default,
    [property: Id(2)] WindowUsage? Limit = null,
    [property: Id(3)] string? Code = null,
    [property: Id(4)] VerificationReport? Verification = null)
{
    /// <summary>The status alone: the code belongs in no log.</summary>
    public override string ToString() => $"{nameof(SendOutcome)} {Status}";
}

/// <summary>How a send ended.</summary>
public enum SendStatus
{
    /// <summary>The code is durable, and a provider took the message, or was handed it and has not answered.</summary>
    Sent = 0,

    /// <summary>A window is full; nothing was sent or counted.</summary>
    RateLimited = 1,

    /// <summary>The target is locked after too many wrong guesses; nothing was sent or counted.</summary>
    Locked = 2,

    /// <summary>Every provider refused the message; the code is withdrawn and its slot given back.</summary>
    DeliveryFailed = 3,

    /// <summary>The operation's id was used before for another request; nothing was done.</summary>
    OperationMismatch = 4,

    /// <summary>The policy allows no codes for this target; nothing was sent or counted.</summary>
    TargetNotAllowed = 5,

    /// <summary>Nobody reaches the target: there is no such mailbox or number, or it takes no messages; the code is withdrawn, the send counts.</summary>
    Undeliverable = 6,

    /// <summary>Codes to numbers with the target's prefix are not verified (fraud guard); nothing was sent or counted.</summary>
    PrefixBlocked = 7,
}

/// <summary>How full one window of a target is.</summary>
/// <param name="Window">The window's name in the policy.</param>
/// <param name="Remaining">Sends that it still allows.</param>
/// <param name="Reset">How long until it allows one more than now; zero for an empty window.</param>
[GenerateSerializer, Immutable, Alias("otp.WindowUsage")]
public sealed record WindowUsage(
    [property: Id(0)] string Window,
    [property: Id(1)] int Remaining,
    [property: Id(2)] TimeSpan Reset);
