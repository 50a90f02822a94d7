namespace Otp.Targets;

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
