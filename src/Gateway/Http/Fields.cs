using System.Runtime.InteropServices;

namespace Otp.Gateway.Http;

/// <summary>A member of a request body and what is asked of it.</summary>
internal abstract record Field<T>(string Name)
{
    /// <summary>What stands for a value that is not there.</summary>
    public abstract T Nothing { get; }

    /// <summary>Reads what a caller wrote.</summary>
    /// <returns>The first rule that it breaks, or null.</returns>
    public abstract FieldFault? Read(JsonElement written, out T value);
}

/// <summary>A text.</summary>
internal sealed record TextField(string Name) : Field<string>(Name)
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

    public override string Nothing => "";

    public override FieldFault? Read(JsonElement written, out string value)
    {
        value = Nothing;
        if (written.ValueKind != JsonValueKind.String)
        {
            return FieldFault.NotText;
        }

        string text;
        try
        {
            text = written.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // A surrogate without a partner is JSON, but no Unicode text.
            return FieldFault.NotUnicode;
        }

        var cleaned = Clean(text);
        var fault = FaultOf(cleaned, length: text.Count(static character => !char.IsLowSurrogate(character)));
        value = fault is null ? cleaned : Nothing;
        return fault;
    }

    private FieldFault? FaultOf(string text, int length) =>
        length > MaxLength ? FieldFault.TooLong(MaxLength)
        : length < MinLength ? FieldFault.TooShort(MinLength)
        : Digits is { } digits && (text.Length != digits || text.AsSpan().ContainsAnyExceptInRange('0', '9')) ? FieldFault.PatternMismatch($@"^\d{{{digits}}}$")
        : OneOf is not null && !OneOf.Contains(text, StringComparer.Ordinal) ? FieldFault.NotOneOf(OneOf)
        : Fault?.Invoke(text) is { } error ? FieldFault.Invalid(error)
        : null;
}

/// <summary>An integer, written as one: no fraction, no exponent.</summary>
internal sealed record IntegerField(string Name, long Least, long Most) : Field<long>(Name)
{
    public override long Nothing => 0;

    public override FieldFault? Read(JsonElement written, out long value)
    {
        value = Nothing;
        var text = JsonMarshal.GetRawUtf8Value(written);
        if (written.ValueKind != JsonValueKind.Number || text.ContainsAny(".eE"u8))
        {
            return FieldFault.NotInteger;
        }

        var isNegative = text[0] == (byte)'-';
        if (!written.TryGetInt64(out value))
        {
            value = isNegative ? long.MinValue : long.MaxValue;
        }

        return Least == Most && value != Least ? FieldFault.NotExactly(Least)
            : value < Least || (isNegative && Least >= 0) ? FieldFault.TooSmall(Least)
            : value > Most ? FieldFault.TooLarge(Most)
            : null;
    }
}
