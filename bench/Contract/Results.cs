using Otp.Customers;
using Otp.Targets;

namespace Otp.Contract;

// The attributes are for the design whose results come from a grain.

/// <summary>What a send came to.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Usage">The window that is closest to full.</param>
/// <param name="RetryAfter">If refused: how long until a send can succeed.</param>
/// <param name="Code">If sent: the code, while it is alive.</param>
[GenerateSerializer, Immutable]
public sealed record SendResult(
    [property: Id(0)] SendResultStatus Status,
    [property: Id(1)] WindowUsage? Usage = null,
    [property: Id(2)] TimeSpan RetryAfter = default,
    [property: Id(3)] string? Code = null)
{
    /// <summary>Without the code.</summary>
    public override string ToString() => $"{nameof(SendResult)} {Status}";
}

/// <summary>How a send ended.</summary>
public enum SendResultStatus
{
    Sent,
    Refused,
    OperationMismatch,
}

/// <summary>What a verify came to.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Proof">If right: what a session is opened with.</param>
[GenerateSerializer, Immutable]
public sealed record VerifyResult([property: Id(0)] VerifyResultStatus Status, [property: Id(1)] Proof? Proof = null);

/// <summary>How a verify ended.</summary>
public enum VerifyResultStatus
{
    Verified,
    Refused,
    OperationMismatch,
}

/// <summary>A target's proven possession.</summary>
/// <param name="At">When the right code was accepted.</param>
/// <param name="Nonce">The code's nonce: a repeat of the verify has the same, so that it opens the same session.</param>
[GenerateSerializer, Immutable]
public sealed record Proof([property: Id(0)] DateTimeOffset At, [property: Id(1)] Guid Nonce);

/// <summary>An open session.</summary>
/// <param name="Token">What opens it; not stored.</param>
/// <param name="Identity">Whose it is.</param>
[GenerateSerializer, Immutable]
public sealed record Session([property: Id(0)] string Token, [property: Id(1)] Identity Identity)
{
    public override string ToString() => nameof(Session);
}
