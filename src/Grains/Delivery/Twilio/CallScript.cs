using System.Security;

namespace Otp.Delivery;

/// <summary>What Twilio does in a call (TwiML): it says the text, and says it again twice, because nobody has a pen at hand the first time.</summary>
internal static class CallScript
{
    private const int Times = 3;

    // Twilio's voices have a region; what a template is written in may be a language alone.
    private static readonly Dictionary<string, string> Voices = new[]
    {
        "ar-AE", "ca-ES", "cs-CZ", "da-DK", "de-DE", "en-US", "es-ES", "fi-FI", "fr-FR", "hi-IN", "it-IT",
        "ja-JP", "ko-KR", "nb-NO", "nl-NL", "pl-PL", "pt-BR", "ro-RO", "ru-RU", "sv-SE", "tr-TR", "zh-CN",
    }.ToDictionary(static voice => voice[..2], StringComparer.OrdinalIgnoreCase);

    public static string Write(Message message)
    {
        var say = $"<Say language=\"{VoiceOf(message.Language)}\">{SecurityElement.Escape(message.Text)}</Say>";
        return $"<Response><Pause length=\"1\"/>{string.Join("<Pause length=\"1\"/>", Enumerable.Repeat(say, Times))}</Response>";
    }

    private static string VoiceOf(string language)
    {
        var parts = language.Split('-');
        var region = parts.Skip(1).FirstOrDefault(static part => part.Length == 2);
        return region is null ? Voices.GetValueOrDefault(parts[0], parts[0]) : $"{parts[0]}-{region.ToUpperInvariant()}";
    }
}
