using System.Diagnostics.CodeAnalysis;

namespace Otp.Targets;

/// <summary>Turns what a caller wrote into a <see cref="Target"/>, or refuses it: two ways of writing one target give one value.</summary>
/// <remarks>
/// With <c>@</c> it is an e-mail address: a dot-atom of ASCII (no quotes, no comments, no display name) and a domain of two
/// labels or more, an internationalised one turned into its ASCII form; all lower case. A local part beyond ASCII is refused:
/// letters that look alike would make several targets, each with windows of its own, of what a person sees as one.
/// Otherwise it is a telephone number, brought to E.164 form: spaces, dots, dashes and parentheses dropped, <c>00</c> read as
/// <c>+</c>, the trunk prefix of its country taken off, an assigned calling code and a possible length required.
/// </remarks>
public static class TargetParser
{
    /// <summary>The longest target, in UTF-16 code units, as written (white space around it not counted) and in canonical form.</summary>
    public const int MaxLength = 255;

    /// <summary>Reads an e-mail address or a telephone number. Time is linear in the text, and no input makes it throw.</summary>
    /// <param name="text">What the caller wrote.</param>
    /// <param name="defaultRegion">ISO 3166 alpha-2 region that national numbers are read in; without one they are refused.</param>
    /// <param name="target">The target in canonical form, when the answer is true; it parses to itself.</param>
    public static bool TryParse(string? text, string? defaultRegion, [NotNullWhen(true)] out Target? target)
    {
        target = null;
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length is 0 or > MaxLength)
        {
            return false;
        }

        var at = trimmed.IndexOf('@');
        if (at >= 0)
        {
            if (EmailAddress.TryCanonicalize(trimmed, at, out var address))
            {
                target = new Target(Channel.Email, address);
            }
        }
        else if (PhoneNumber.TryCanonicalize(trimmed, defaultRegion, out var number))
        {
            target = new Target(Channel.Phone, number);
        }

        return target is not null;
    }
}
