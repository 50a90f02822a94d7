using System.Text.RegularExpressions;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Delivery;

/// <summary>One template of the settings.</summary>
/// <param name="Path">Its configuration key.</param>
/// <param name="Channel">The channel.</param>
/// <param name="PurposeKey">The purpose's key in the settings.</param>
/// <param name="LocaleKey">The locale's key in the settings.</param>
/// <param name="Options">The template.</param>
internal sealed partial record TemplateEntry(string Path, Channel Channel, string PurposeKey, string LocaleKey, TemplateOptions Options)
{
    private const string AnyLocale = "";

    /// <summary>The purpose; null for the default, and where the key is not a purpose.</summary>
    public Purpose? Purpose { get; } = TryReadPurpose(PurposeKey, out var purpose) ? purpose : null;

    /// <summary>The normalized locale; empty for the default.</summary>
    public string Locale { get; } = IsDefault(LocaleKey) ? AnyLocale : Normalize(LocaleKey);

    /// <summary>Whether the purpose's key is a purpose or the default.</summary>
    public bool HasKnownPurpose => IsDefault(PurposeKey) || Purpose is not null;

    /// <summary>Whether the locale's key is a language tag (BCP 47) or the default.</summary>
    public bool HasKnownLocale => Locale == AnyLocale || LanguageTag().IsMatch(Locale);

    /// <summary>Every template of one level of the settings: of a program, or of the service.</summary>
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
        {
            yield return tag;
        }

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
