using Microsoft.Extensions.Logging;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Delivery;

/// <summary>Writes a code's message: in the operator's words where there are some, else in the built-in ones.</summary>
public sealed partial class MessageComposer(MessageTemplates templates, TimeProvider time, ILogger<MessageComposer> logger)
{
    /// <summary>Composes the message that carries a code to its target.</summary>
    /// <param name="program">The program that sends it.</param>
    /// <param name="target">Whom it is for.</param>
    /// <param name="purpose">What the code is for.</param>
    /// <param name="locale">The language wished for (BCP 47); null for the program's default.</param>
    /// <param name="code">The code.</param>
    /// <param name="expiresAt">Until when the code lives.</param>
    public Message Compose(OtpProgram program, Target target, Purpose purpose, string? locale, string code, DateTimeOffset expiresAt)
    {
        var now = time.GetUtcNow();
        var words = MessageWords.Of(code, program.Name, purpose, expiresAt - now, program.Domain);
        var own = templates.Of(program).Find(target.Channel, purpose, locale) is { } template ? Render(template, words, program) : null;
        var (text, sender) = target.Channel switch
        {
            Channel.Email => (own ?? MailText.Compose(words), program.Sender.Email),
            Channel.Phone => (own ?? new MessageText(null, SmsText.Compose(words), null), program.Sender.Phone),
        };
        return new Message(program.Id, purpose, target, locale, sender, text.Subject, text.Text, text.Html, code, now, expiresAt);
    }

    // The trial at start leaves little that can fail, and none of it is worth a person's code. What it says may quote the code.
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
}
