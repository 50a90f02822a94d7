using HandlebarsDotNet;

namespace Otp.Delivery;

/// <summary>A message of the operator's, compiled.</summary>
internal sealed class MessageTemplate(
    HandlebarsTemplate<object, object>? subject,
    HandlebarsTemplate<object, object> text,
    HandlebarsTemplate<object, object>? html)
{
    /// <summary>Writes the message.</summary>
    /// <exception cref="HandlebarsException">The template asks for what there is not; <see cref="TemplateTrial"/> leaves no such.</exception>
    public MessageText Render(MessageWords words)
    {
        var model = words.ToModel();
        return new MessageText(subject is null ? null : MessageWords.OneLine(subject(model)), text(model), html?.Invoke(model));
    }
}
