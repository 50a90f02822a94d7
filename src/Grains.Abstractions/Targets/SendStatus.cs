namespace Otp.Targets;

/// <summary>How a send ended.</summary>
public enum SendStatus
{
    /// <summary>The code is durable and a provider took the message.</summary>
    Sent = 0,

    /// <summary>A window is full; nothing was sent or counted.</summary>
    RateLimited = 1,

    /// <summary>The target is locked after too many wrong guesses; nothing was sent or counted.</summary>
    Locked = 2,

    /// <summary>No provider took the message; the code is withdrawn and its slot given back.</summary>
    DeliveryFailed = 3,

    /// <summary>The operation's id was used before for another request; nothing was done.</summary>
    OperationMismatch = 4,

    /// <summary>The policy allows no codes for this target; nothing was sent or counted.</summary>
    TargetNotAllowed = 5,
}
