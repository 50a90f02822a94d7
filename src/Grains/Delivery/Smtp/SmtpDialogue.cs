using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Otp.Delivery;

/// <summary>
/// Follows MailKit's dialogue with a server, to say why it failed and whether the message was handed over, and ends it at the first refusal:
/// MailKit would go on, and wait for a server that hangs. It also bounds the length of an answer, of which it keeps only the beginning.
/// </summary>
internal sealed class SmtpDialogue(Handover handover) : IProtocolLogger
{
    private const int MaxAnswerLength = 2048;
    private const int MaxLineLength = 128;
    private const long EndOfMessage = 0x0D_0A_2E_0D_0A;

    private readonly byte[] _answer = new byte[MaxLineLength];
    private DeliveryFailure? _refusal;
    private int _answerLength;
    private int _code;
    private long _lastFive;

    /// <summary>What the server was given last.</summary>
    public SmtpStep Step { get; private set; }

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    /// <summary>The category of what ended the dialogue; null where there is none, and the fault is our own.</summary>
    /// <param name="fault">What MailKit threw.</param>
    /// <param name="isConnected">Whether MailKit had connected, with the encryption that was asked for.</param>
    public DeliveryFailure? FailureOf(Exception fault, bool isConnected) => _refusal ?? fault switch
    {
        SmtpProtocolException or SmtpCommandException or IOException when Step == SmtpStep.WholeMessage => DeliveryFailure.Unanswered,
        SslHandshakeException => DeliveryFailure.TlsFailed,
        NotSupportedException => isConnected ? DeliveryFailure.AuthenticationUnsupported : DeliveryFailure.TlsFailed,

        // No mechanism is left, and the server knew none of those that were tried.
        AuthenticationException when _code is >= 500 and not 534 => DeliveryFailure.AuthenticationUnsupported,
        AuthenticationException => DeliveryFailure.AuthenticationFailed,
        SmtpProtocolException when _answerLength == 0 => DeliveryFailure.ConnectionFailed,
        SmtpProtocolException or SmtpCommandException => DeliveryFailure.ProtocolError,
        IOException or System.Net.Sockets.SocketException => DeliveryFailure.ConnectionFailed,
        _ => null,
    };

    public void LogConnect(Uri uri)
    {
    }

    public void LogClient(byte[] buffer, int offset, int count)
    {
        var said = buffer.AsSpan(offset, count);
        foreach (var b in said)
        {
            _lastFive = ((_lastFive << 8) | b) & 0xFF_FFFF_FFFF;
        }

        (_answerLength, _code) = (0, 0);
        Step = Step switch
        {
            SmtpStep.Data or SmtpStep.Message or SmtpStep.WholeMessage =>
                _lastFive == EndOfMessage ? SmtpStep.WholeMessage : SmtpStep.Message,
            _ when said.StartsWith("STARTTLS"u8) => SmtpStep.StartTls,
            _ when said.StartsWith("AUTH "u8) => SmtpStep.SignIn,
            SmtpStep.SignIn when !said.StartsWith("MAIL "u8) => SmtpStep.SignIn,
            _ when said.StartsWith("RCPT "u8) => SmtpStep.Recipient,
            _ when said.StartsWith("DATA"u8) => SmtpStep.Data,
            _ => SmtpStep.Other,
        };
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        var answer = buffer.AsSpan(offset, count);
        for (var i = 0; i < count && _answerLength + i < MaxLineLength; i++)
        {
            _answer[_answerLength + i] = answer[i];
            _code = _answerLength + i < 3 ? (_code * 10) + answer[i] - '0' : _code;
        }

        _answerLength += count;
        if (_answerLength < 3)
        {
            return;
        }

        // What follows the answer to STARTTLS in clear may come from anyone.
        if (_answerLength > MaxAnswerLength || (Step == SmtpStep.StartTls && answer.IndexOf((byte)'\n') < count - 1))
        {
            throw Ended(Step == SmtpStep.WholeMessage ? DeliveryFailure.Unanswered : DeliveryFailure.ProtocolError);
        }

        if (RefusalBy(_code) is { } refusal)
        {
            throw Ended(refusal);
        }

        // MailKit tells of what it sends afterwards, so the message has left from the moment on that it may.
        if (Step == SmtpStep.Data && _code == 354)
        {
            handover.Begin();
        }
    }

    public void Dispose()
    {
    }

    private DeliveryFailure? RefusalBy(int code) => (Step, code) switch
    {
        (_, < 400 or > 599) => null,
        (SmtpStep.StartTls, _) => DeliveryFailure.TlsFailed,

        // The server does not know the mechanism, or finds it too weak: MailKit tries the next. A wrong password is as wrong with that one.
        (SmtpStep.SignIn, (>= 500 and <= 504) or 534) => null,
        (SmtpStep.SignIn, >= 500) => DeliveryFailure.AuthenticationFailed,
        (_, 530 or 534 or 535 or 538) => DeliveryFailure.AuthenticationFailed,

        // Only the rest of the line says whether anybody reaches the mailbox.
        ( >= SmtpStep.Recipient, >= 500) when !HasLine => null,
        (SmtpStep.Recipient, >= 500) when UnreachableMailbox.IsToldByRecipientRefusal(Line) => DeliveryFailure.RecipientUnreachable,
        ( >= SmtpStep.Data, >= 500) when UnreachableMailbox.IsToldBy(Line) => DeliveryFailure.RecipientUnreachable,

        // A delay too: a domain whose names do not resolve must not count against the server. 421 is about the server itself.
        (SmtpStep.Recipient, not 421) => DeliveryFailure.RecipientRefused,
        (_, < 500) => DeliveryFailure.Unavailable,
        _ => DeliveryFailure.Rejected,
    };

    private bool HasLine => _answerLength >= MaxLineLength || _answer.AsSpan(0, _answerLength).Contains((byte)'\n');

    private ReadOnlySpan<byte> Line => _answer.AsSpan(0, Math.Min(_answerLength, MaxLineLength));

    private SmtpProtocolException Ended(DeliveryFailure failure)
    {
        _refusal = failure;
        return new SmtpProtocolException("The server refused, or broke the protocol.");
    }
}

/// <summary>The steps of a dialogue at which the same answer means different things.</summary>
internal enum SmtpStep
{
    Other,
    StartTls,
    SignIn,
    Recipient,
    Data,
    Message,

    /// <summary>The message with its end: from here on the server may have taken it, whatever it answers.</summary>
    WholeMessage,
}
