using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Otp.Text;
using PhoneNumbers;

namespace Otp.Targets;

/// <summary>Brings a phone number as people write it to E.164 form. libphonenumber reads digits; this decides which digits it is given.</summary>
internal static class PhoneNumberReader
{
    private const string Scheme = "tel:";
    private const string Extension = "ext=";
    private const string Context = "phone-context=";
    private const string InternationalPrefix = "00";

    // ITU-T E.164: 15 digits, and the plus.
    private const int MaxLength = 16;

    private const int Mexico = 52;
    private const ulong MexicanMobilePrefix = 1_00_0000_0000;

    /// <summary>Reads a number, international or of the default region; all ways of writing one number give one text.</summary>
    /// <param name="text">Text that <see cref="PastedText.Clean"/> returned.</param>
    /// <param name="defaultRegion">ISO 3166 alpha-2, in either case; null where national numbers are refused.</param>
    /// <param name="e164">The number, when the answer is true; it is read as itself.</param>
    public static bool TryRead(string text, string? defaultRegion, [NotNullWhen(true)] out string? e164)
    {
        e164 = null;
        var written = text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? ReadUri(text[Scheme.Length..]) : text;
        var dialled = PastedText.WithoutSeparators(written ?? "");
        var hasPlus = dialled.StartsWith('+');
        if (dialled.AsSpan(hasPlus ? 1 : 0).ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var number = hasPlus ? Parse(dialled) : ReadDialled(dialled, defaultRegion?.ToUpperInvariant());
        if (!IsPossible(number))
        {
            return false;
        }

        e164 = NumberingPlan.Util.Format(number, PhoneNumberFormat.E164);
        return e164.Length <= MaxLength && (IsValid(number) || number.Equals(Parse(e164)));
    }

    // A number of RFC 3966: an extension gets no SMS, a context completes a local number, all other parameters say nothing of it.
    private static string? ReadUri(string uri)
    {
        var parts = uri.Split(';');
        if (parts.Any(part => part.StartsWith(Extension, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        var prefix = parts.FirstOrDefault(part => part.StartsWith(Context + '+', StringComparison.OrdinalIgnoreCase));
        return prefix is null || parts[0].StartsWith('+') ? parts[0] : prefix[Context.Length..] + parts[0];
    }

    private static PhoneNumber? ReadDialled(string digits, string? region)
    {
        var code = region is null ? 0 : NumberingPlan.CallingCodeOfRegion(region);
        var number = code == 0 ? null : Parse(digits, region);

        // People leave out the plus. Who types a mobile number so would otherwise send the code to a stranger's landline.
        if (number is not null
            && (digits.StartsWith(code.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) ? !IsMobile(number) : IsPossible(number) && !MayBeMobile(number))
            && Parse('+' + digits) is { } international
            && IsMobile(international))
        {
            return international;
        }

        // Many write 00 for the plus also where something else is dialled.
        return digits.StartsWith(InternationalPrefix, StringComparison.Ordinal)
            && (number?.CountryCode == code || !IsValid(number))
            && Parse('+' + digits[InternationalPrefix.Length..]) is { } prefixed
            && (IsValid(prefixed) || !IsPossible(number))
            ? prefixed
            : number;
    }

    // Until 2019 a 1 stood before Mexican mobile numbers that were called from abroad, and in many an address book it still does.
    private static PhoneNumber? Parse(string digits, string? region = null) =>
        NumberingPlan.Parse(digits, region) is not { } number ? null
        : number is { CountryCode: Mexico, NationalNumber: >= MexicanMobilePrefix and < 2 * MexicanMobilePrefix }
            ? number.ToBuilder().SetNationalNumber(number.NationalNumber - MexicanMobilePrefix).Build()
        : number;

    private static bool IsPossible([NotNullWhen(true)] PhoneNumber? number) =>
        number is not null && NumberingPlan.Util.IsPossibleNumberWithReason(number) == PhoneNumberUtil.ValidationResult.IS_POSSIBLE;

    private static bool IsMobile(PhoneNumber number) => NumberingPlan.TypeOf(number) == PhoneNumberType.MOBILE;

    // In some countries, such as those of +1, nothing tells a mobile number from a landline's.
    private static bool MayBeMobile(PhoneNumber number) => NumberingPlan.TypeOf(number) is PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE_OR_MOBILE;

    private static bool IsValid([NotNullWhen(true)] PhoneNumber? number) => number is not null && NumberingPlan.Util.IsValidNumber(number);
}
