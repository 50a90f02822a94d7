using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using PhoneNumbers;

namespace Otp.Targets;

/// <summary>What is known of the world's phone numbers: libphonenumber and its metadata.</summary>
public static class NumberingPlan
{
    /// <summary>International premium rate (ITU-T E.169.2): its numbers are of that kind, also those that are not assigned.</summary>
    private const int PremiumRateCode = 979;

    private const int MaxCallingCodeDigits = 3;

    // Ten thousand numbers at least share a prefix, also in small countries with short numbers.
    private const int LeastDigitsAfterPrefix = 4;

    internal static PhoneNumberUtil Util { get; } = PhoneNumberUtil.GetInstance();

    private static readonly FrozenSet<int> CallingCodes = Util.GetSupportedCallingCodes().ToFrozenSet();

    /// <summary>Loads the metadata and reads a number, so that the first request does not wait for it.</summary>
    public static void WarmUp() => PhoneNumberReader.TryRead("020 7946 0018", "GB", out _);

    /// <summary>Whether national numbers can be read in the region (ISO 3166 alpha-2, in either case).</summary>
    public static bool IsRegion([NotNullWhen(true)] string? region) => region is not null && CallingCodeOfRegion(region) != 0;

    /// <summary>The country calling code that a number in E.164 form (<c>+</c> and digits) begins with; 0 if none is assigned.</summary>
    public static int CallingCodeOf(ReadOnlySpan<char> e164)
    {
        for (var digits = 1; digits <= MaxCallingCodeDigits && e164.Length > digits && e164 is ['+', not '0', ..]; digits++)
        {
            if (int.TryParse(e164.Slice(1, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var code) && CallingCodes.Contains(code))
            {
                return code;
            }
        }

        return 0;
    }

    /// <summary>The range that a number in E.164 form is of: a plus, its calling code, and so many of the digits after it, but none of the last four.</summary>
    public static string PrefixOf(string e164, int digits)
    {
        var national = 1 + CallingCodeOf(e164) switch { < 10 => 1, < 100 => 2, _ => 3 };
        return e164[..(national + Math.Clamp(e164.Length - LeastDigitsAfterPrefix - national, 0, digits))];
    }

    /// <summary>What a number in E.164 form is.</summary>
    /// <returns>Its region (ISO 3166 alpha-2 in upper case, or <c>001</c> for none in particular; null if it is not known) and its kind.</returns>
    public static (string? Region, PhoneNumberType Type) Classify(string e164) =>
        Parse(e164, region: null) is { } number ? (Util.GetRegionCodeForNumber(number), TypeOf(number)) : (null, PhoneNumberType.UNKNOWN);

    internal static int CallingCodeOfRegion(string region) => Util.GetCountryCodeForRegion(region.ToUpperInvariant());

    internal static PhoneNumberType TypeOf(PhoneNumber number) =>
        number.CountryCode == PremiumRateCode ? PhoneNumberType.PREMIUM_RATE : Util.GetNumberType(number);

    /// <summary>Reads digits, with or without a plus; null if they have no assigned calling code and the region does not give one.</summary>
    internal static PhoneNumber? Parse(string digits, string? region)
    {
        try
        {
            return Util.Parse(digits, region);
        }
        catch (NumberParseException)
        {
            // The library offers no way to ask without an exception.
            return null;
        }
    }
}
