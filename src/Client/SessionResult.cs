using System.Diagnostics.CodeAnalysis;

namespace Otp.Client;

/// <summary>What a session token stands for.</summary>
/// <param name="Status">What it is worth.</param>
public sealed record SessionResult(SessionStatus Status)
{
    /// <summary>Whether the session is alive.</summary>
    [MemberNotNullWhen(true, nameof(Identity))]
    public bool IsValid => Status == SessionStatus.Valid;

    /// <summary>Whose session it is.</summary>
    public OtpIdentity? Identity { get; init; }

    /// <summary>How long to wait before it is worth trying again; null if the service did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What is wrong, in the service's words.</summary>
    public string? Error { get; init; }

    /// <summary>The status alone: a person must not leak by being formatted.</summary>
    public override string ToString() => $"{nameof(SessionResult)} {Status}";
}
