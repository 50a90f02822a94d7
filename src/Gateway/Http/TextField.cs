namespace Otp.Gateway.Http;

/// <summary>A text member of a request body and what is asked of it. Lengths count Unicode code points.</summary>
internal sealed record TextField(string Name)
{
    public int MinLength { get; init; }

    public int MaxLength { get; init; } = int.MaxValue;

    /// <summary>If set, the text is exactly this many ASCII digits.</summary>
    public int? Digits { get; init; }

    /// <summary>If set, the text is one of these.</summary>
    public IReadOnlyList<string>? OneOf { get; init; }

    /// <summary>If set, says what else is wrong with the text, or null for nothing.</summary>
    public Func<string, string?>? Fault { get; init; }

    /// <summary>The first rule that <paramref name="text"/> breaks, or null.</summary>
    public FieldFault? Check(string text)
    {
        var length = CountCodePoints(text);
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
