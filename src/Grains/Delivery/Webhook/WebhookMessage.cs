using System.Text.Json.Serialization;

namespace Otp.Delivery;

/// <summary>The data of a webhook: a message, ready to be sent, and what it was made of, for an endpoint that writes its own.</summary>
/// <param name="Program">The id of the program that sends it.</param>
/// <param name="Channel"><c>email</c> or <c>phone</c>.</param>
/// <param name="To">The mail address, or the number in E.164 form.</param>
/// <param name="From">The program's sender; null where it has none of its own.</param>
/// <param name="Purpose">What the code is for, by the name that settings use: <c>Login</c>.</param>
/// <param name="Locale">The language wished for (BCP 47); null for the default.</param>
/// <param name="Code">The code.</param>
/// <param name="ExpiresAt">Until when it lives (ISO 8601).</param>
/// <param name="Subject">The subject; null for an SMS.</param>
/// <param name="Text">The plain text.</param>
/// <param name="Html">The HTML form; null for an SMS, and for a mail without one.</param>
internal sealed record WebhookMessage(
    [property: JsonPropertyName("program")] string Program,
    [property: JsonPropertyName("channel")] string Channel,
    [property: JsonPropertyName("to")] string To,
    [property: JsonPropertyName("from")] string? From,
    [property: JsonPropertyName("purpose")] string Purpose,
    [property: JsonPropertyName("locale")] string? Locale,
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("expiresAt")] DateTimeOffset ExpiresAt,
    [property: JsonPropertyName("subject")] string? Subject,
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("html")] string? Html)
{
    /// <summary>The program alone: nothing personal and no code may leak by being formatted.</summary>
    public override string ToString() => $"{nameof(WebhookMessage)} of program {Program}";
}
