using System.Text.RegularExpressions;

namespace Otp.Text;

/// <summary>Language tags (BCP 47).</summary>
public static partial class LanguageTag
{
    /// <summary>The longest that is read; RFC 5646 (4.4.1) asks for room for 35 characters.</summary>
    public const int MaxLength = 35;

    /// <summary>Stands between the tags of a list, the most preferred first.</summary>
    public const char Separator = ',';

    /// <summary>Reads a tag as people and systems write it (<c>pt_BR</c> is <c>pt-BR</c>); null for anything else.</summary>
    public static string? Parse(string text)
    {
        var tag = PastedText.Clean(text).Replace('_', '-');
        return tag.Length <= MaxLength && Tag().IsMatch(tag) ? tag : null;
    }

    /// <summary>The tag and each wider one, the narrowest first (the look-up of RFC 4647, 3.4): <c>zh-Hant-TW</c>, <c>zh-Hant</c>, <c>zh</c>.</summary>
    public static IEnumerable<string> FallBacks(string tag)
    {
        while (true)
        {
            yield return tag;
            var end = tag.LastIndexOf('-');
            if (end < 0)
            {
                yield break;
            }

            // A single letter introduces what follows it, and says nothing alone.
            tag = end >= 2 && tag[end - 2] == '-' ? tag[..(end - 2)] : tag[..end];
        }
    }

    [GeneratedRegex(@"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag();
}
