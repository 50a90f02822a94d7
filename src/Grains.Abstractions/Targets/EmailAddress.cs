using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Otp.Targets;

/// <summary>Brings one bare e-mail address to a lower-case ASCII form: a dot-atom and a host name (RFC 5321, RFC 5890).</summary>
public static class EmailAddress
{
    private const int MaxLocalLength = 64;
    private const int MaxLabelLength = 63;
    private const string LettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<char> LocalChars = SearchValues.Create(LettersAndDigits + "!#$%&'*+-/=?^_`{|}~.");
    private static readonly SearchValues<char> LabelChars = SearchValues.Create(LettersAndDigits + "-");
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    // Without ICU (invariant globalization) the platform neither folds case nor normalises: one domain would have several
    // forms. Then international domains are refused.
    private static readonly bool HasIdn = TryEncode("BU\u0308CHER.example", out var probe) && probe == "xn--bcher-kva.example";

    /// <summary>Reads the address; false if the text is anything else, such as a display name with an address.</summary>
    /// <param name="text">The address, without white space around it.</param>
    /// <param name="at">Where its first <c>@</c> is.</param>
    /// <param name="canonical">The canonical form, when the answer is true.</param>
    internal static bool TryCanonicalize(ReadOnlySpan<char> text, int at, [NotNullWhen(true)] out string? canonical)
    {
        canonical = null;
        var local = text[..at];
        var domain = text[(at + 1)..];
        if (!Ascii.IsValid(domain))
        {
            if (!HasIdn || !TryEncode(domain, out var encoded))
            {
                return false;
            }

            text = string.Concat(local, "@", encoded);
            domain = encoded;
        }

        if (text.Length > TargetParser.MaxLength || !IsDotAtom(local) || !IsHostName(domain))
        {
            return false;
        }

        canonical = string.Create(text.Length, text, static (lower, address) => Ascii.ToLower(address, lower, out _));
        return true;
    }

    private static bool IsDotAtom(ReadOnlySpan<char> local) =>
        local.Length is > 0 and <= MaxLocalLength
        && !local.ContainsAnyExcept(LocalChars)
        && local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal);

    /// <summary>Whether a text is a host name in ASCII of two labels or more.</summary>
    public static bool IsHostName(ReadOnlySpan<char> domain)
    {
        var labels = 0;
        ReadOnlySpan<char> label = [];
        foreach (var range in domain.Split('.'))
        {
            label = domain[range];
            labels++;
            if (label.Length is 0 or > MaxLabelLength || label.ContainsAnyExcept(LabelChars) || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }
        }

        // An all-digit top label would be an IP address or nothing.
        return labels >= 2 && label.ContainsAnyExceptInRange('0', '9');
    }

    private static bool TryEncode(ReadOnlySpan<char> domain, [NotNullWhen(true)] out string? encoded)
    {
        try
        {
            encoded = Idn.GetAscii(domain.ToString());
            return true;
        }
        catch (ArgumentException)
        {
            // The platform offers no way to ask without an exception.
            encoded = null;
            return false;
        }
    }
}
