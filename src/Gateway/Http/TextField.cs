namespace Otp.Gateway.Http;

/// <summary>A text member of a request body and what is asked of it.</summary>
internal sealed record TextField(string Name)
{
    /// <summary>The shortest text that a caller may write, in Unicode code points.</summary>
    public int MinLength { get; init; }

    /// <summary>The longest.</summary>
    public int MaxLength { get; init; } = int.MaxValue;

    /// <summary>Makes of what a caller wrote what the other rules are about and what is used; by default it stays as it is.</summary>
    public Func<string, string> Clean { get; init; } = static text => text;

    /// <summary>If set, the text is exactly this many ASCII digits.</summary>
    public int? Digits { get; init; }

    /// <summary>If set, the text is one of these.</summary>
    public IReadOnlyList<string>? OneOf { get; init; }

    /// <summary>If set, says what else is wrong with the text, or null for nothing.</summary>
    public Func<string, string?>? Fault { get; init; }

    /// <summary>Reads what a caller wrote.</summary>
    /// <returns>The first rule that it breaks, or null.</returns>
    public FieldFault? Read(string written, out string text)
    {
        text = Clean(written);
        var length = CountCodePoints(written);
        if (length > MaxLength)
        {
            return FieldFault.TooLong(MaxLength);
        }

        if (length < MinLength)
        {
            return FieldFault.TooShort(MinLength);
        }

        if (Digits is { } digits && (text.Length != digits || text.AsSpan().ContainsAnyExceptInRange('0', '9')))
        {
            return FieldFault.PatternMismatch($@"^\d{{{digits}}}$");
        }

        if (OneOf is not null && !OneOf.Contains(text, StringComparer.Ordinal))
        {
            return FieldFault.NotOneOf(OneOf);
        }

        return Fault?.Invoke(text) is { } error ? FieldFault.Invalid(error) : null;
    }

    private static int CountCodePoints(string text)
    {
        var count = 0;
        foreach (var character in text)
        {
            count += char.IsLowSurrogate(character) ? 0 : 1;
        }

        return count;
    }
}
