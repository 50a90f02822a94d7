using System.Security;

namespace Otp.Delivery;

/// <summary>What Twilio does in a call (TwiML): it says the text, and says it again twice, because nobody has a pen at hand the first time.</summary>
internal static class CallScript
{
    private const int Times = 3;

    // Twilio's voices have a region; what a template is written in may be a language alone.
    private static readonly Dictionary<string, string> Regions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ar"] = "ar-AE",
        ["ca"] = "ca-ES",
        ["cs"] = "cs-CZ",
        ["da"] = "da-DK",
        ["de"] = "de-DE",
        ["en"] = "en-US",
        ["es"] = "es-ES",
        ["fi"] = "fi-FI",
        ["fr"] = "fr-FR",
        ["hi"] = "hi-IN",
        ["it"] = "it-IT",
        ["ja"] = "ja-JP",
        ["ko"] = "ko-KR",
        ["nb"] = "nb-NO",
        ["nl"] = "nl-NL",
        ["pl"] = "pl-PL",
        ["pt"] = "pt-BR",
        ["ro"] = "ro-RO",
        ["ru"] = "ru-RU",
        ["sv"] = "sv-SE",
        ["tr"] = "tr-TR",
        ["zh"] = "zh-CN",
    };

    public static string Write(Message message)
    {
        var say = $"<Say language=\"{VoiceOf(message.Language)}\">{SecurityElement.Escape(message.Text)}</Say>";
        return $"<Response><Pause length=\"1\"/>{string.Join("<Pause length=\"1\"/>", Enumerable.Repeat(say, Times))}</Response>";
    }

    private static string VoiceOf(string language)
    {
        var parts = language.Split('-');
        var region = parts.Skip(1).FirstOrDefault(static part => part.Length == 2);
        return region is null ? Regions.GetValueOrDefault(parts[0], parts[0]) : $"{parts[0]}-{region.ToUpperInvariant()}";
    }
}
