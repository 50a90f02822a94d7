namespace Otp.Delivery;

/// <summary>The steps of a dialogue at which a <see cref="SmtpSink"/> can misbehave.</summary>
public enum SmtpStage
{
    Greeting,
    Ehlo,
    StartTls,
    Handshake,
    EhloEncrypted,
    Auth,
    MailFrom,
    RcptTo,
    Data,
    EndOfData,
    Quit,
}
