using Otp.Telemetry;

namespace Otp.Events;

/// <summary>What a program's endpoint is told of.</summary>
/// <remarks>The numbers are stored and sent; they never change.</remarks>
public enum EventType
{
    /// <summary>A send was accepted: its message is on its way.</summary>
    Sent = 0,

    /// <summary>The message has arrived.</summary>
    Delivered = 1,

    /// <summary>The message does not arrive: its send is withdrawn.</summary>
    Undelivered = 2,

    /// <summary>The code was right.</summary>
    Verified = 3,

    /// <summary>A guess was wrong.</summary>
    Failed = 4,

    /// <summary>Wrong guesses have locked the target.</summary>
    Locked = 5,

    /// <summary>All that was known of the target is erased.</summary>
    Erased = 6,
}

/// <summary>The types by their names on the wire.</summary>
public static class EventTypes
{
    /// <summary>A type as endpoints and operators are told it, such as <c>otp.sent</c>.</summary>
    public static string NameOf(EventType type) => $"otp.{TagValues.Of(type)}";
}
