using System.Text.RegularExpressions;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Delivery;

/// <summary>One message of the settings, with what it is for.</summary>
/// <param name="Path">Its configuration key.</param>
/// <param name="Channel">The channel.</param>
/// <param name="PurposeKey">The purpose as it is written.</param>
/// <param name="LocaleKey">The locale as it is written.</param>
/// <param name="Options">The message.</param>
internal sealed partial record TemplateEntry(string Path, Channel Channel, string PurposeKey, string LocaleKey, TemplateOptions Options)
{
    private const string AnyLocale = "";

    /// <summary>The purpose; null for every one without a message of its own, and for a key that names none.</summary>
    public Purpose? Purpose { get; } = TryReadPurpose(PurposeKey, out var purpose) ? purpose : null;

    /// <summary>The normalized locale; empty for the default.</summary>
    public string Locale { get; } = IsDefault(LocaleKey) ? AnyLocale : Normalize(LocaleKey);

    /// <summary>Whether the purpose's key is one.</summary>
    public bool HasKnownPurpose => IsDefault(PurposeKey) || Purpose is not null;

    /// <summary>Whether the locale's key is a language tag (BCP 47) or the default.</summary>
    public bool HasKnownLocale => Locale == AnyLocale || LanguageTag().IsMatch(Locale);

    /// <summary>Every message of one level of the settings.</summary>
    public static IEnumerable<TemplateEntry> All(IReadOnlyDictionary<string, PurposeTemplates> templates, string path) =>
        from purpose in templates
        from channel in new[] { (Channel: Channel.Email, Locales: purpose.Value.Email), (Channel: Channel.Phone, Locales: purpose.Value.Phone) }
        from locale in channel.Locales
        select new TemplateEntry(
            $"{path}:{purpose.Key}:{channel.Channel}:{locale.Key}", channel.Channel, purpose.Key, locale.Key, locale.Value);

    /// <summary>The normalized locale, each wider one (<c>pt-br</c>, <c>pt</c>) and at last the default.</summary>
    public static IEnumerable<string> FallBacks(string? locale)
    {
        for (var tag = Normalize(locale ?? AnyLocale); tag.Length > 0; tag = tag[..Math.Max(0, tag.LastIndexOf('-'))])
            yield return tag;
        yield return AnyLocale;
    }

    // Environment variables allow no dash.
    private static string Normalize(string locale) => locale.Replace('_', '-').ToLowerInvariant();

    private static bool IsDefault(string key) => key.Equals(PurposeTemplates.Default, StringComparison.OrdinalIgnoreCase);

    // Enum.TryParse accepts numbers and lists of names too.
    private static bool TryReadPurpose(string key, out Purpose purpose) =>
        Enum.TryParse(key, ignoreCase: true, out purpose) && purpose.ToString().Equals(key, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^[a-z]{2,8}(-[a-z0-9]{1,8})*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LanguageTag();
}
