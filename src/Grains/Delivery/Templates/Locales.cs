using System.Text.RegularExpressions;

namespace Otp.Delivery;

/// <summary>Locales by their language tags (BCP 47).</summary>
internal static partial class Locales
{
    /// <summary>What stands for every locale that has nothing of its own.</summary>
    public const string Any = "";

    /// <summary>A tag as it is looked up: lower case, and with dashes where environment variables demand underscores.</summary>
    public static string Normalize(string locale) => locale.Replace('_', '-').ToLowerInvariant();

    /// <summary>Whether a normalized text has the form of a tag.</summary>
    public static bool IsTag(string locale) => Tag().IsMatch(locale);

    /// <summary>The locale, each wider one (<c>pt-br</c>, <c>pt</c>) and at last <see cref="Any"/>.</summary>
    public static IEnumerable<string> FallBacks(string? locale)
    {
        for (var tag = Normalize(locale ?? Any); tag.Length > 0; tag = tag[..Math.Max(0, tag.LastIndexOf('-'))])
            yield return tag;
        yield return Any;
    }

    [GeneratedRegex("^[a-z]{2,8}(-[a-z0-9]{1,8})*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag();
}
