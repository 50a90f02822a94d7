namespace Orleans.Otp.Gateway.Http;

/// <summary>A text member of a request body and what is asked of it. Lengths count Unicode code points.</summary>
internal sealed record TextField(string Name)
{
    public int MinLength { get; init; }

    public int MaxLength { get; init; } = int.MaxValue;

    /// <summary>If set, the text is exactly this many ASCII digits.</summary>
    public int? Digits { get; init; }

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

        return Digits is { } digits && (text.Length != digits || text.AsSpan().ContainsAnyExceptInRange('0', '9'))
            ? FieldFault.PatternMismatch($@"^\d{{{digits}}}$")
            : null;
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
