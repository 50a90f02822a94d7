namespace Otp.Gateway.Flow;

/// <summary>Why a call is refused. Each surface says it in its own words, in one table.</summary>
internal enum Refusal
{
    /// <summary>The address is neither an e-mail address nor a phone number.</summary>
    InvalidTarget,

    /// <summary>The program sends no codes to this address.</summary>
    TargetNotAllowed,

    /// <summary>Codes to numbers with the address's prefix are not verified: the fraud guard sends no more of them.</summary>
    PrefixBlocked,

    /// <summary>A window is full, or the target is locked. The answer carries <c>Retry-After</c>.</summary>
    RateLimited,

    /// <summary>The least time between two sends has not passed. The answer carries <c>Retry-After</c>.</summary>
    TooSoon,

    /// <summary>The caller exceeds a rate limit. The answer carries <c>Retry-After</c>.</summary>
    CallerLimited,

    /// <summary>The client asks for tokens, or fails to get one, too often. The answer carries <c>Retry-After</c>.</summary>
    TooManyTokenRequests,

    /// <summary>Nobody reaches the address: there is no such mailbox or number, or it takes no messages.</summary>
    Undeliverable,

    /// <summary>Every provider refused the message.</summary>
    DeliveryFailed,

    /// <summary>The code is wrong, expired, used, or out of attempts: one refusal for all, so that nothing tells which targets exist.</summary>
    InvalidCode,

    /// <summary>The client's id or secret is wrong.</summary>
    InvalidClient,

    /// <summary>The call names another program than the token's.</summary>
    ForeignProgram,

    /// <summary>The token is bound to another member, or to another purpose.</summary>
    OutOfScope,

    /// <summary>The fields ask for what the service does not do. Only the Verify surface has such fields, and says which.</summary>
    Unsupported,

    /// <summary>The <c>Idempotency-Key</c> is malformed.</summary>
    MalformedKey,

    /// <summary>The <c>Idempotency-Key</c> was used with another payload.</summary>
    ReusedKey,
}
