using Otp.Programs;
using Otp.Targets;
using Otp.Text;

namespace Otp.Delivery;

/// <summary>One template of the settings.</summary>
/// <param name="Path">Its configuration key.</param>
/// <param name="PurposeKey">The purpose's key in the settings.</param>
/// <param name="LocaleKey">The locale's key in the settings.</param>
internal sealed record TemplateEntry(string Path, MessageKind Kind, string PurposeKey, string LocaleKey, TemplateOptions Options)
{
    private const string AnyLocale = "";

    /// <summary>The purpose; null for the default, and where the key is not a purpose.</summary>
    public Purpose? Purpose { get; } = TryReadPurpose(PurposeKey, out var purpose) ? purpose : null;

    /// <summary>The locale in lower case; empty for the default.</summary>
    public string Locale { get; } = IsDefault(LocaleKey) ? AnyLocale : (LanguageTag.Parse(LocaleKey) ?? LocaleKey).ToLowerInvariant();

    /// <summary>Whether the purpose's key is a purpose or the default.</summary>
    public bool HasKnownPurpose => IsDefault(PurposeKey) || Purpose is not null;

    /// <summary>Whether the locale's key is a language tag (BCP 47) or the default.</summary>
    public bool HasKnownLocale => Locale == AnyLocale || LanguageTag.Parse(Locale) is not null;

    /// <summary>Every template of one level of the settings: of a program, or of the service.</summary>
    public static IEnumerable<TemplateEntry> All(IReadOnlyDictionary<string, PurposeTemplates> templates, string path) =>
        from purpose in templates
        from kind in new[]
        {
            (Kind: MessageKind.Email, Locales: purpose.Value.Email), (Kind: MessageKind.Phone, Locales: purpose.Value.Phone), (Kind: MessageKind.Call, Locales: purpose.Value.Call),
        }
        from locale in kind.Locales
        select new TemplateEntry($"{path}:{purpose.Key}:{kind.Kind}:{locale.Key}", kind.Kind, purpose.Key, locale.Key, locale.Value);

    /// <summary>The locales whose templates are looked for: of each language, the most preferred first, its tag and the wider ones; at last the default.</summary>
    /// <param name="locale">As in <see cref="SendRequest.Locale"/>.</param>
    public static IEnumerable<string> FallBacks(string? locale) =>
        (locale?.ToLowerInvariant().Split(LanguageTag.Separator) ?? []).SelectMany(LanguageTag.FallBacks).Append(AnyLocale);

    private static bool IsDefault(string key) => key.Equals(PurposeTemplates.Default, StringComparison.OrdinalIgnoreCase);

    // Enum.TryParse accepts numbers and lists of names too.
    private static bool TryReadPurpose(string key, out Purpose purpose) =>
        Enum.TryParse(key, ignoreCase: true, out purpose) && purpose.ToString().Equals(key, StringComparison.OrdinalIgnoreCase);
}
