using System.ComponentModel;

namespace Otp.Gateway.Flow;

/// <summary>
/// Why a call is refused, described as the document tells it. Each surface says it in its own words, in one table. Refusals for number or pace
/// carry <c>Retry-After</c>.
/// </summary>
internal enum Refusal
{
    [Description("The target is neither an e-mail address nor a phone number.")]
    InvalidTarget,

    [Description("The program sends no codes to this address. Nothing was counted.")]
    TargetNotAllowed,

    [Description("The fraud guard blocks the number's prefix: codes to it are not verified. Nothing was counted.")]
    PrefixBlocked,

    [Description("A window of the target is full, the target is locked, or the caller sends too fast. A refused send does not count.")]
    RateLimited,

    [Description("The last send to the target is too recent. A refused send does not count.")]
    TooSoon,

    [Description("The caller sends too fast. A refused send does not count.")]
    CallerLimited,

    [Description("Too many token requests, or too many that failed, from this address or for this client.")]
    TooManyTokenRequests,

    [Description("Nobody reaches the target: there is no such mailbox or number, or it takes no messages. The send counts.")]
    Undeliverable,

    [Description("Every provider refused the message. The code is withdrawn and the send not counted.")]
    DeliveryFailed,

    [Description("The code is wrong, expired, used, for another purpose, or was guessed too often: nothing tells which.")]
    InvalidCode,

    [Description("The client is unknown or the secret wrong: nothing tells which.")]
    InvalidClient,

    [Description("`ProgramId` is not the token's program.")]
    ForeignProgram,

    [Description("The token is bound to another member, or to another purpose.")]
    OutOfScope,

    /// <summary>Only the Verify surface has such fields, and says which.</summary>
    [Description("The fields ask for what the service does not do.")]
    Unsupported,

    [Description("The `Idempotency-Key` is malformed.")]
    MalformedKey,

    [Description("The `Idempotency-Key` was used with another payload.")]
    ReusedKey,
}
