namespace Otp.Client;

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
