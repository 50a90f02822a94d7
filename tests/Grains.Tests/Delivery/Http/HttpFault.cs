namespace Otp.Delivery;

/// <summary>The ways in which an endpoint fails.</summary>
public enum HttpFault
{
    /// <summary>It takes connections and says nothing, not even its part of a TLS handshake.</summary>
    Mute,

    /// <summary>It takes no connection.</summary>
    Refuse,

    /// <summary>It answers with a fault.</summary>
    Answer500,

    /// <summary>It reads the request and does not answer.</summary>
    Hang,

    /// <summary>It reads the request and closes the connection.</summary>
    Reset,

    /// <summary>It begins to answer that all is well, and breaks off.</summary>
    BreakOff,

    /// <summary>A proxy says that it got no answer.</summary>
    Answer504,
}
