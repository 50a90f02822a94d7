using System.Diagnostics.CodeAnalysis;

namespace Otp.Targets;

/// <summary>Brings a telephone number as people write it to E.164 form.</summary>
internal static class PhoneNumber
{
    private const int MinDigits = 7;
    private const int MaxDigits = 15;

    // No number is dialled with more, international and trunk prefixes included.
    private const int MaxDialledDigits = 32;
    private const string InternationalPrefix = "00";

    /// <summary>Reads a number, international or of the default region; both ways of writing one number give one text.</summary>
    public static bool TryCanonicalize(ReadOnlySpan<char> text, string? defaultRegion, [NotNullWhen(true)] out string? canonical)
    {
        canonical = null;
        Span<char> buffer = stackalloc char[MaxDialledDigits];
        if (!TryReadDigits(text, buffer, out var count, out var isInternational))
        {
            return false;
        }

        ReadOnlySpan<char> digits = buffer[..count];
        if (!isInternational && digits.StartsWith(InternationalPrefix))
        {
            isInternational = true;
            digits = digits[InternationalPrefix.Length..];
        }

        return isInternational
            ? TryReadInternational(digits, out canonical)
            : NumberingPlan.FindRegion(defaultRegion) is { } region && TryReadNational(digits, region, out canonical);
    }

    private static bool TryReadDigits(ReadOnlySpan<char> text, Span<char> digits, out int count, out bool hasPlus)
    {
        count = 0;
        hasPlus = false;
        foreach (var c in text)
        {
            switch (c)
            {
                case >= '0' and <= '9' when count < digits.Length:
                    digits[count++] = c;
                    break;
                case '+' when count == 0 && !hasPlus:
                    hasPlus = true;
                    break;
                case ' ' or '.' or '-' or '(' or ')':
                    break;
                default:
                    return false;
            }
        }

        return count > 0;
    }

    private static bool TryReadInternational(ReadOnlySpan<char> digits, [NotNullWhen(true)] out string? canonical)
    {
        canonical = null;
        return NumberingPlan.FindMainTerritory(digits) is { } territory
            && TryFormat(territory, territory.ToNational(digits[territory.CallingCodeText.Length..]), out canonical);
    }

    private static bool TryReadNational(ReadOnlySpan<char> digits, Territory region, [NotNullWhen(true)] out string? canonical)
    {
        // People leave out the plus: what makes sense only with the region's own calling code taken off is read so.
        var national = region.ToNational(digits);
        if (digits.StartsWith(region.CallingCodeText))
        {
            var rest = region.ToNational(digits[region.CallingCodeText.Length..]);
            if (region.IsTooLong(digits.Length) || (region.IsNumber(rest) && !region.IsNumber(digits)))
            {
                national = rest;
            }
        }

        return TryFormat(NumberingPlan.MainTerritoryOf(region), national, out canonical);
    }

    private static bool TryFormat(Territory territory, ReadOnlySpan<char> national, [NotNullWhen(true)] out string? canonical)
    {
        canonical = null;
        var digits = territory.CallingCodeText.Length + national.Length;
        if (digits is < MinDigits or > MaxDigits || !territory.HasLength(national.Length))
        {
            return false;
        }

        // A number that reads as another one once more (a trunk prefix dialled twice) has no canonical form.
        if (!territory.ToNational(national).SequenceEqual(national))
        {
            return false;
        }

        canonical = string.Concat("+", territory.CallingCodeText, national);
        return true;
    }
}
