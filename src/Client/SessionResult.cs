using System.Diagnostics.CodeAnalysis;

namespace Otp.Client;

/// <summary>What a session token stands for.</summary>
/// <param name="Status">What it is worth.</param>
public sealed record SessionResult(SessionStatus Status) : OtpResult<SessionStatus>(Status)
{
    /// <summary>Whether the session is alive.</summary>
    [MemberNotNullWhen(true, nameof(Identity))]
    public bool IsValid => Status == SessionStatus.Valid;

    /// <summary>Whose session it is.</summary>
    public OtpIdentity? Identity { get; init; }
}

/// <summary>What a session token is worth.</summary>
public enum SessionStatus
{
    /// <summary>The session is alive.</summary>
    Valid,

    /// <summary>There is none, or it has ended.</summary>
    Invalid,

    /// <summary>The token is malformed (422).</summary>
    InvalidRequest,

    /// <summary>The client id or secret is wrong (401).</summary>
    Unauthorized,

    /// <summary>The client lacks the role <c>otp</c> (403).</summary>
    Forbidden,

    /// <summary>The service did not answer.</summary>
    Unavailable,
}
