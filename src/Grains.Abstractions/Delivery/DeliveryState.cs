namespace Otp.Delivery;

/// <summary>What is known of a message. The numbers are stored and sent; they never change.</summary>
public enum DeliveryState
{
    /// <summary>It may have left, or nobody remembers what its provider said.</summary>
    Unknown = 0,

    /// <summary>A provider has taken it, and will report what becomes of it.</summary>
    Queued = 1,

    /// <summary>It is on its way, or its provider says no more than that it took it.</summary>
    Sent = 2,

    /// <summary>It has arrived.</summary>
    Delivered = 3,

    /// <summary>It does not arrive.</summary>
    Undelivered = 4,
}

/// <summary>Why a message did not arrive: a category, never what a provider says in words. The numbers are stored and sent; they never change.</summary>
public enum UndeliveredReason
{
    /// <summary>The provider does not say, or not in a way that is understood.</summary>
    Unknown = 0,

    /// <summary>There is no such number or mailbox, or nobody answers.</summary>
    Unreachable = 1,

    /// <summary>The recipient, or a filter on the way, takes no such messages.</summary>
    Blocked = 2,

    /// <summary>A carrier, or the provider itself, could not or would not carry it.</summary>
    Carrier = 3,

    /// <summary>It was not delivered in time.</summary>
    Expired = 4,
}
