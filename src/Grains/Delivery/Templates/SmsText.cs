namespace Otp.Delivery;

/// <summary>The built-in SMS: one segment, the code first, where a phone's preview and its autofill find it.</summary>
internal static class SmsText
{
    /// <summary>The longest host name beside which the shortest text still fits one segment.</summary>
    public const int MaxDomainLength = 120;

    /// <summary>
    /// Composes the fullest text that one segment holds; what has no room, such as a program's long name, is left out. Where the program
    /// names its domain the last line binds the code to it (WICG, origin-bound one-time codes).
    /// </summary>
    public static string Compose(MessageWords words)
    {
        var (code, program, purpose, lifetime) = (words.Code, words.Program, words.Purpose, words.Lifetime);
        var origin = words.Domain is { } domain ? $"\n\n@{domain} #{code}" : "";
        var advice = $"It is valid for {lifetime}. Nobody will ever ask you for it: do not share it.{origin}";
        var text = $"{code} is your {program} code to {purpose}. {advice}";
        if (SmsSegments.Count(text) > 1)
            text = $"{code} is your {program} code, valid for {lifetime}. Do not share it.{origin}";
        if (SmsSegments.Count(text) > 1)
            text = $"{code} is your code to {purpose}. {advice}";
        if (SmsSegments.Count(text) > 1)
            text = $"{code} is your code, valid for {lifetime}. Do not share it.{origin}";
        return SmsSegments.Count(text) > 1 ? $"{code} is your code.{origin}" : text;
    }
}
