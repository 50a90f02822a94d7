using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Otp.Targets;

/// <summary>The world's telephone numbering plan, read once from <c>numbering-plan.tsv</c> (ITU-T E.164, libphonenumber's metadata).</summary>
public static class NumberingPlan
{
    private const string Resource = "numbering-plan.tsv";
    private const string NoRegion = "001";
    private const int MaxCallingCodeDigits = 3;

    // A calling code's main territory by the code itself: none has more than three digits.
    private static readonly Territory?[] MainTerritories = new Territory?[1000];
    private static readonly Dictionary<string, Territory> Regions = new(StringComparer.OrdinalIgnoreCase);

    static NumberingPlan()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not embedded.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            var territory = Territory.Parse(line);
            MainTerritories[territory.CallingCode] ??= territory;
            if (territory.Region != NoRegion)
            {
                Regions.Add(territory.Region, territory);
            }
        }
    }

    /// <summary>Whether national numbers can be read in the region (ISO 3166 alpha-2, in either case).</summary>
    public static bool IsRegion([NotNullWhen(true)] string? region) => FindRegion(region) is not null;

    /// <summary>The country calling code that a number in E.164 form (<c>+</c> and digits) begins with; 0 if none is assigned.</summary>
    public static int CallingCodeOf(ReadOnlySpan<char> e164) =>
        e164 is ['+', .. var digits] ? FindMainTerritory(digits)?.CallingCode ?? 0 : 0;

    /// <summary>Whether a number in E.164 form belongs to the region, one of those that share a calling code told from the others.</summary>
    public static bool IsNumberOf(string region, ReadOnlySpan<char> e164) =>
        FindRegion(region) is { } territory
        && e164 is ['+', .. var digits]
        && digits.StartsWith(territory.CallingCodeText)
        && territory.IsOwn(digits[territory.CallingCodeText.Length..]);

    internal static Territory? FindRegion(string? region) => region is null ? null : Regions.GetValueOrDefault(region);

    /// <summary>The territory as which the numbers of a calling code are read.</summary>
    internal static Territory MainTerritoryOf(Territory territory) => MainTerritories[territory.CallingCode]!;

    /// <summary>The territory whose calling code the digits begin with; no code is the beginning of another.</summary>
    internal static Territory? FindMainTerritory(ReadOnlySpan<char> digits)
    {
        var code = 0;
        for (var i = 0; i < Math.Min(digits.Length, MaxCallingCodeDigits) && char.IsAsciiDigit(digits[i]); i++)
        {
            code = (code * 10) + (digits[i] - '0');
            if (MainTerritories[code] is { } territory)
            {
                // A code has no leading zero, though its number would be the same with one.
                return digits[0] == '0' ? null : territory;
            }
        }

        return null;
    }
}
