using System.Buffers;
using System.Globalization;
using System.Text;

namespace Otp.Text;

/// <summary>Brings text that people paste to what they see: every target and code, and every id that a person copies, goes through it.</summary>
public static class PastedText
{
    private const int FullWidthOffset = '！' - '!';

    // Minus, middle dot, bullet, hyphenation point, bullet and dot operators, katakana middle dots, fraction and division slash.
    private static readonly SearchValues<char> Separators =
        SearchValues.Create("./()[]\u2212\u00B7\u2022\u2027\u2219\u22C5\u30FB\uFF65\u2044\u2215");

    /// <summary>
    /// Drops characters that nobody sees (Unicode Cf: zero-width, directional, soft hyphen, byte order mark) and white space at the ends;
    /// full-width ASCII becomes ASCII, and decimal digits of any script become 0–9.
    /// </summary>
    public static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Format:
                    break;
                case UnicodeCategory.DecimalDigitNumber:
                    clean.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
                    break;
                default:
                    clean.Append(rune.Value is >= '！' and <= '～' ? new Rune(rune.Value - FullWidthOffset) : rune);
                    break;
            }
        }

        return clean.ToString().Trim();
    }

    /// <summary>Cleans a code, and drops what separates its digits.</summary>
    public static string CleanCode(string text) => WithoutSeparators(Clean(text));

    /// <summary>Drops what separates groups of digits in a phone number or a code: spaces, dashes, dots, slashes, parentheses and brackets.</summary>
    /// <param name="clean">Text that <see cref="Clean"/> returned.</param>
    public static string WithoutSeparators(string clean) =>
        clean.AsSpan().ContainsAnyExceptInRange('0', '9') ? string.Concat(clean.Where(c => !IsSeparator(c))) : clean;

    private static bool IsSeparator(char c) =>
        Separators.Contains(c) || char.GetUnicodeCategory(c) is UnicodeCategory.SpaceSeparator or UnicodeCategory.DashPunctuation;
}
