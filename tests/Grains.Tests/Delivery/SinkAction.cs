namespace Otp.Delivery;

/// <summary>What a <see cref="SmtpSink"/> can do instead of answering.</summary>
public enum SinkAction
{
    /// <summary>Says nothing until the client goes away.</summary>
    Hang,

    /// <summary>Answers as a good server does, but only when the test says so.</summary>
    Delay,

    /// <summary>Closes the connection with a reset.</summary>
    Reset,

    /// <summary>Closes the connection in order.</summary>
    Close,

    /// <summary>Says what no mail server says.</summary>
    Garbage,
}
