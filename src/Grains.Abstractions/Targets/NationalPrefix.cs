using System.Text.RegularExpressions;

namespace Otp.Targets;

/// <summary>What is dialled before a national number within its territory (trunk prefix, carrier code), and how it comes off.</summary>
internal sealed class NationalPrefix
{
    private readonly string _expression;
    private readonly string? _transform;

    // Most prefixes are plain digits: those need no regular expression.
    private readonly string[]? _literals;
    private Regex? _regex;

    /// <summary>A prefix as the numbering plan's data file gives it.</summary>
    /// <param name="expression">A regular expression; it is matched at the start of what was dialled.</param>
    /// <param name="transform">What replaces the match when the expression's last group took part in it.</param>
    public NationalPrefix(string expression, string? transform)
    {
        _expression = expression;
        _transform = transform;
        _literals = expression.All(c => char.IsAsciiDigit(c) || c == '|') ? expression.Split('|') : null;
    }

    /// <summary>Takes the prefix off; false when what was dialled does not begin with it.</summary>
    public bool TryRemove(ReadOnlySpan<char> dialled, out ReadOnlySpan<char> rest)
    {
        rest = _literals is null ? RemoveMatch(dialled) : RemoveLiteral(dialled, _literals);
        return !rest.SequenceEqual(dialled);
    }

    private static ReadOnlySpan<char> RemoveLiteral(ReadOnlySpan<char> dialled, string[] literals)
    {
        foreach (var literal in literals)
        {
            if (dialled.StartsWith(literal))
            {
                return dialled[literal.Length..];
            }
        }

        return dialled;
    }

    private ReadOnlySpan<char> RemoveMatch(ReadOnlySpan<char> dialled)
    {
        var regex = _regex ??= DigitExpression.AtStart(_expression);
        var length = 0;
        foreach (var found in regex.EnumerateMatches(dialled))
        {
            length = found.Length;
        }

        if (length == 0 || _transform is null)
        {
            return dialled[length..];
        }

        var match = regex.Match(dialled.ToString());
        return match.Groups[match.Groups.Count - 1].Success
            ? string.Concat(match.Result(_transform), dialled[length..])
            : dialled[length..];
    }
}
