using Otp.Programs;
using Otp.Targets;

namespace Otp.Delivery;

/// <summary>One message of the settings, with what it is for.</summary>
/// <param name="Path">Its configuration key.</param>
/// <param name="Channel">The channel.</param>
/// <param name="PurposeKey">The purpose as it is written.</param>
/// <param name="LocaleKey">The locale as it is written.</param>
/// <param name="Options">The message.</param>
internal sealed record TemplateEntry(string Path, Channel Channel, string PurposeKey, string LocaleKey, TemplateOptions Options)
{
    /// <summary>The purpose; null for every one without a message of its own, and for a key that names none.</summary>
    public Purpose? Purpose { get; } = TryReadPurpose(PurposeKey, out var purpose) ? purpose : null;

    /// <summary>The normalized locale.</summary>
    public string Locale { get; } = IsDefault(LocaleKey) ? Locales.Any : Locales.Normalize(LocaleKey);

    /// <summary>Whether the purpose's key is one.</summary>
    public bool HasKnownPurpose => IsDefault(PurposeKey) || Purpose is not null;

    /// <summary>Every message of one level of the settings.</summary>
    public static IEnumerable<TemplateEntry> All(IReadOnlyDictionary<string, PurposeTemplates> templates, string path) =>
        from purpose in templates
        from channel in new[] { (Channel: Channel.Email, Locales: purpose.Value.Email), (Channel: Channel.Phone, Locales: purpose.Value.Phone) }
        from locale in channel.Locales
        select new TemplateEntry(
            $"{path}:{purpose.Key}:{channel.Channel}:{locale.Key}", channel.Channel, purpose.Key, locale.Key, locale.Value);

    private static bool IsDefault(string key) => key.Equals(PurposeTemplates.Default, StringComparison.OrdinalIgnoreCase);

    // The framework's own parser takes numbers and lists of names, too.
    private static bool TryReadPurpose(string key, out Purpose purpose) =>
        Enum.TryParse(key, ignoreCase: true, out purpose) && purpose.ToString().Equals(key, StringComparison.OrdinalIgnoreCase);
}
