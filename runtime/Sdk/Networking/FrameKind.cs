namespace Orleans.Runtime;

/// <summary>What a frame is: its first byte.</summary>
internal enum FrameKind : byte
{
    None,

    // Handshake, in this order.
    Hello,
    Challenge,
    Proof,
    Welcome,

    // From the one who connected.
    Request,
    Cancel,
    Ping,

    // From both.
    View,

    // From the one who was connected to.
    Manifest,
    Response,
    Fault,
    Rejection,
    Pong,
}
