using System.Globalization;
using System.Text.RegularExpressions;

namespace Otp.Targets;

/// <summary>One territory of the numbering plan: how its national numbers look and are dialled.</summary>
internal sealed class Territory
{
    private const string Empty = "-";

    private readonly NationalPrefix? _prefix;
    private readonly string _pattern;
    private readonly string? _ownPattern;
    private readonly uint _lengths;
    private Regex? _compiledPattern;
    private Regex? _compiledOwnPattern;

    private Territory(int callingCode, string region, uint lengths, NationalPrefix? prefix, string pattern, string? ownPattern)
    {
        CallingCode = callingCode;
        CallingCodeText = callingCode.ToString(CultureInfo.InvariantCulture);
        Region = region;
        _lengths = lengths;
        _prefix = prefix;
        _pattern = pattern;
        _ownPattern = ownPattern;
    }

    public int CallingCode { get; }

    public string CallingCodeText { get; }

    public string Region { get; }

    /// <summary>Reads a line of the data file; its header names the fields.</summary>
    public static Territory Parse(string line)
    {
        if (line.Split('\t') is not [var code, var region, var lengths, var prefix, var transform, var pattern, var ownPattern])
        {
            throw new FormatException($"The numbering plan has a line of another form: {line}");
        }

        return new Territory(
            int.Parse(code, CultureInfo.InvariantCulture),
            region,
            ParseLengths(lengths),
            prefix == Empty ? null : new NationalPrefix(prefix, transform == Empty ? null : transform),
            pattern,
            ownPattern == Empty ? null : ownPattern);
    }

    /// <summary>Whether national numbers of so many digits exist, local ones (within a town) not counted.</summary>
    public bool HasLength(int digits) => digits < 32 && (_lengths & (1u << digits)) != 0;

    /// <summary>Whether so many digits are more than any national number has.</summary>
    public bool IsTooLong(int digits) => digits >= 32 || _lengths >> digits == 0;

    /// <summary>Whether a national number looks so.</summary>
    public bool IsNumber(ReadOnlySpan<char> national) =>
        (_compiledPattern ??= DigitExpression.AtStart($"(?:{_pattern})$")).IsMatch(national);

    /// <summary>Whether a national number of the calling code is this territory's: others may share the code.</summary>
    public bool IsOwn(ReadOnlySpan<char> national) =>
        _ownPattern is null || (_compiledOwnPattern ??= DigitExpression.AtStart(_ownPattern)).IsMatch(national);

    /// <summary>
    /// The national number in what was dialled: without the trunk prefix, with the area code where it may be left out.
    /// Nothing is taken from a number that only happens to begin like the prefix.
    /// </summary>
    public ReadOnlySpan<char> ToNational(ReadOnlySpan<char> dialled)
    {
        if (_prefix is null || !_prefix.TryRemove(dialled, out var national))
        {
            return dialled;
        }

        return HasLength(national.Length) && (IsNumber(national) || !IsNumber(dialled)) ? national : dialled;
    }

    // "5,7-9" is 5, 7, 8, 9: one bit each.
    private static uint ParseLengths(string text)
    {
        var lengths = 0u;
        foreach (var run in text.Split(','))
        {
            var bounds = run.Split('-');
            var last = int.Parse(bounds[^1], CultureInfo.InvariantCulture);
            for (var length = int.Parse(bounds[0], CultureInfo.InvariantCulture); length <= last; length++)
            {
                lengths |= 1u << length;
            }
        }

        return lengths;
    }
}
