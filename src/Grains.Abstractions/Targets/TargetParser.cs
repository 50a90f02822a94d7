using System.Diagnostics.CodeAnalysis;
using Otp.Text;

namespace Otp.Targets;

/// <summary>Turns what a caller wrote into a <see cref="Target"/>, or refuses it: two ways of writing one target give one value.</summary>
/// <remarks>
/// The text is cleaned first (<see cref="PastedText"/>). With <c>@</c> it is an e-mail address: a dot-atom of ASCII (no quotes, no
/// comments, no display name) and a domain of two labels or more, an internationalised one turned into its ASCII form; all lower case. A
/// local part beyond ASCII is refused: letters that look alike would make several targets, each with windows of its own, of what a person
/// sees as one. Otherwise it is a phone number, brought to E.164 form: a possible number of an assigned calling code.
/// </remarks>
public static class TargetParser
{
    /// <summary>The longest target, in UTF-16 code units, cleaned and in canonical form.</summary>
    public const int MaxLength = 254;

    /// <summary>The longest text that a caller may write for a target.</summary>
    public const int MaxTextLength = 255;

    /// <summary>Reads an e-mail address or a phone number. Time is linear in the text, and no input makes it throw.</summary>
    /// <param name="defaultRegion">ISO 3166 alpha-2 region that national numbers are read in; without one they are refused.</param>
    /// <param name="target">The target in canonical form, when the answer is true; it parses to itself.</param>
    public static bool TryParse(string? text, string? defaultRegion, [NotNullWhen(true)] out Target? target)
    {
        target = null;
        var clean = PastedText.Clean(text ?? "");
        if (clean.Length is 0 or > MaxLength)
        {
            return false;
        }

        var at = clean.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0)
        {
            if (EmailAddress.TryCanonicalize(clean, at, out var address))
            {
                target = new Target(Channel.Email, address);
            }
        }
        else if (PhoneNumberReader.TryRead(clean, defaultRegion, out var number))
        {
            target = new Target(Channel.Phone, number);
        }

        return target is not null;
    }
}
