using System.Buffers;
using Otp.Targets;

namespace Otp.Delivery;

/// <summary>The built-in SMS: one segment, the code first, where a phone's preview and its autofill find it.</summary>
internal static class SmsText
{
    /// <summary>The longest host name beside which the shortest text still fits one segment.</summary>
    public const int MaxDomainLength = 120;

    /// <summary>Whether a text is a host that a code can be bound to (WICG, origin-bound one-time codes): a domain name in ASCII.</summary>
    public static bool IsDomain(string text) => text.Length <= MaxDomainLength && EmailAddress.IsHostName(text);

    /// <summary>
    /// Composes the fullest text that fits one segment; what does not fit, such as a program's long name, is left out. Where the program
    /// names its domain, the last line binds the code to it. A payment is never left out: who approves it must see it.
    /// </summary>
    public static string Compose(MessageWords words)
    {
        var (code, program, purpose, lifetime) = (words.Code, words.Program, words.Purpose, words.Lifetime);
        var origin = words.Domain is { } domain ? $"\n\n@{domain} #{code}" : "";
        var advice = $"It is valid for {lifetime}. Nobody will ever ask you for it: do not share it.{origin}";
        string[] texts =
        [
            $"{code} is your {program} code to {purpose}. {advice}",
            $"{code} is your {program} code, valid for {lifetime}. Do not share it.{origin}",
            $"{code} is your code to {purpose}. {advice}",
            $"{code} is your code, valid for {lifetime}. Do not share it.{origin}",
        ];
        if (words.Payment is not null)
        {
            string[] full = [texts[0], texts[2], $"{code} is your code to {purpose}. Do not share it.{origin}"];
            return Array.Find(full, text => SmsSegments.Count(text) == 1) ?? full[2];
        }

        return Array.Find(texts, text => SmsSegments.Count(text) == 1) ?? $"{code} is your code.{origin}";
    }
}

/// <summary>How many segments an SMS takes (3GPP TS 23.038, 23.040), in septets of the default alphabet or in UTF-16 units.</summary>
internal static class SmsSegments
{
    private static readonly SearchValues<char> Basic = SearchValues.Create(
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
        "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");

    private static readonly SearchValues<char> Extended = SearchValues.Create("\f^{}\\[~]|€");

    /// <summary>The segments of a text: one holds 160 septets or 70 units, each of several 153 or 67.</summary>
    public static int Count(string text) => Septets(text) is { } septets ? Count(septets, 160, 153) : Count(text.Length, 70, 67);

    private static int Count(int length, int alone, int concatenated) => length <= alone ? 1 : (length + concatenated - 1) / concatenated;

    /// <summary>The text's length in the default alphabet, where an extended character takes two; null when it has other characters.</summary>
    private static int? Septets(string text)
    {
        var extended = text.Count(Extended.Contains);
        return text.Count(Basic.Contains) + extended == text.Length ? text.Length + extended : null;
    }
}
