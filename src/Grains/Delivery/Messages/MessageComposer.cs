using Microsoft.Extensions.Logging;
using Otp.Programs;
using Otp.Targets;
using Otp.Text;
using Otp.Verifications;

namespace Otp.Delivery;

/// <summary>Writes the message that carries a code: from the operator's template, or else the built-in text.</summary>
public sealed partial class MessageComposer(MessageTemplates templates, TimeProvider time, ILogger<MessageComposer> logger)
{
    /// <summary>Composes the message that carries a code to its target.</summary>
    /// <param name="locale">As in <see cref="SendRequest.Locale"/>.</param>
    /// <param name="verification">What the Verify surface asks for; null on every other.</param>
    /// <param name="via">How the message travels; null for as the Verify surface asks, or the plain way.</param>
    public Message Compose(
        OtpProgram program,
        Target target,
        Purpose purpose,
        string? locale,
        string code,
        DateTimeOffset expiresAt,
        VerificationStart? verification = null,
        VerificationChannel? via = null)
    {
        var now = time.GetUtcNow();
        var channel = via ?? verification?.Channel ?? (target.Channel == Channel.Email ? VerificationChannel.Email : VerificationChannel.Sms);
        var kind = KindOf(channel);
        var words = MessageWords.Of(
            kind == MessageKind.Call ? SpokenText.Spell(code) : code,
            verification?.FriendlyName ?? program.Name,
            purpose,
            expiresAt - now,
            program.Domain,
            verification?.Payment);
        var template = templates.Find(program, kind, purpose, locale);
        var own = template is null ? null : Render(template, words, program);
        var text = own ?? kind switch
        {
            MessageKind.Email => MailText.Compose(words),
            MessageKind.Phone => new MessageText(null, SmsText.Compose(words), null),
            MessageKind.Call => new MessageText(null, SpokenText.Compose(words), null),
        };
        var sender = kind == MessageKind.Email ? program.Sender.Email : program.Sender.Phone;
        var preferred = locale?.Split(LanguageTag.Separator)[0];
        return new Message(program.Id, purpose, target, preferred, sender, text.Subject, text.Text, text.Html, code, now, expiresAt)
        {
            Via = channel,
            Language = own is not null && template!.Locale.Length > 0 ? template.Locale : Message.DefaultLanguage,
        };
    }

    private static MessageKind KindOf(VerificationChannel channel) => channel switch
    {
        VerificationChannel.Email => MessageKind.Email,
        VerificationChannel.Sms or VerificationChannel.WhatsApp => MessageKind.Phone,
        VerificationChannel.Call => MessageKind.Call,
    };

    // Templates are tried at start, so little can fail here, and nothing that does may cost a person the code. The exception may quote it.
    private MessageText? Render(MessageTemplate template, MessageWords words, OtpProgram program)
    {
        try
        {
            return template.Render(words);
        }
        catch (Exception e)
        {
            LogUnrendered(program.Id, e.GetType());
            return null;
        }
    }

    [LoggerMessage(2011, LogLevel.Error, "A template of program {Program} failed with {ExceptionType}: the built-in message is sent")]
    private partial void LogUnrendered(string program, Type exceptionType);
}

/// <summary>The texts of a message.</summary>
/// <param name="Subject">The subject, on one line; null but for a mail.</param>
/// <param name="Text">The plain text; of a call what is said.</param>
/// <param name="Html">The HTML form of the text; null but for a mail that has one.</param>
internal readonly record struct MessageText(string? Subject, string Text, string? Html)
{
    /// <summary>Only the type's name: the text holds a code.</summary>
    public override string ToString() => nameof(MessageText);
}

/// <summary>The kinds of messages that differ in their texts; each is the name of its templates in the settings.</summary>
internal enum MessageKind
{
    Email,

    /// <summary>An SMS, or a WhatsApp message.</summary>
    Phone,

    /// <summary>What is said in a call.</summary>
    Call,
}
