namespace Otp.Delivery;

/// <summary>Why a provider did not take a message, or may not have: a category, never a server's words, which may quote address or code.</summary>
public enum DeliveryFailure
{
    /// <summary>The provider failed in a way that no other member names.</summary>
    Fault = 0,

    /// <summary>The time was over before the message was handed over.</summary>
    Timeout,

    /// <summary>No connection, or one that was lost.</summary>
    ConnectionFailed,

    /// <summary>No trusted encryption where it is required.</summary>
    TlsFailed,

    /// <summary>The provider's credentials were refused.</summary>
    AuthenticationFailed,

    /// <summary>This recipient was refused, by this provider or for now; another provider may reach it.</summary>
    RecipientRefused,

    /// <summary>The server is busy or limits the rate; it may accept later.</summary>
    Unavailable,

    /// <summary>The message or its sender was refused permanently.</summary>
    Rejected,

    /// <summary>The server does not speak the protocol.</summary>
    ProtocolError,

    /// <summary>The settings list a provider that this silo does not have, or has no settings for.</summary>
    NotConfigured,

    /// <summary>This recipient has asked for no more messages; no other provider is asked, because the wish is not about one provider.</summary>
    RecipientUnsubscribed,

    /// <summary>The provider failed too often of late and was not asked.</summary>
    CircuitOpen,

    /// <summary>The server offers no way to sign in that the provider supports.</summary>
    AuthenticationUnsupported,

    /// <summary>There is no such mailbox or number, or it is blocked: no other provider is asked, because none reaches it.</summary>
    RecipientUnreachable,

    /// <summary>The message was handed over, and no answer came in time, or the connection broke off: it may arrive.</summary>
    Unanswered,
}
