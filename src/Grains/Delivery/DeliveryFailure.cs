namespace Otp.Delivery;

/// <summary>Why a provider did not take a message: a category, never what a server said, which may quote the address or the code.</summary>
public enum DeliveryFailure
{
    /// <summary>The provider broke in a way that no other member names.</summary>
    Fault = 0,

    /// <summary>No answer within the time allowed.</summary>
    Timeout,

    /// <summary>No connection, or one that was lost.</summary>
    ConnectionFailed,

    /// <summary>No trusted encryption where it is required.</summary>
    TlsFailed,

    /// <summary>The provider's credentials were refused.</summary>
    AuthenticationFailed,

    /// <summary>This recipient was refused; another provider may reach it.</summary>
    RecipientRefused,

    /// <summary>The server is busy or throttling; another time it might accept.</summary>
    Unavailable,

    /// <summary>The message or its sender was refused for good.</summary>
    Rejected,

    /// <summary>The server does not speak the protocol.</summary>
    ProtocolError,

    /// <summary>The settings list a provider that this silo does not have, or has no settings for.</summary>
    NotConfigured,

    /// <summary>This recipient has asked for no more messages; nobody else is asked, for the wish is not one provider's.</summary>
    RecipientUnsubscribed,

    /// <summary>The provider failed too often of late and was not asked.</summary>
    CircuitOpen,
}
