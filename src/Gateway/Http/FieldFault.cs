namespace Otp.Gateway.Http;

/// <summary>What is wrong with one value of a request, in the words of pydantic v2.</summary>
/// <param name="Type">The kind of error, which clients switch on.</param>
/// <param name="Message">The kind in words.</param>
/// <param name="ContextName">Name of the one entry of <c>ctx</c>, or null for none.</param>
/// <param name="Context">Its value: text, or a number.</param>
internal sealed record FieldFault(string Type, string Message, string? ContextName = null, object? Context = null)
{
    public static readonly FieldFault Missing = new("missing", "Field required");
    public static readonly FieldFault NotText = new("string_type", "Input should be a valid string");

    public static readonly FieldFault NotUnicode =
        new("string_unicode", "Input should be a valid string, unable to parse raw data as a unicode string");

    public static readonly FieldFault NotObject =
        new("model_attributes_type", "Input should be a valid dictionary or object to extract fields from");

    public static readonly FieldFault NotInteger = new("int_type", "Input should be a valid integer");

    public static FieldFault TooSmall(long least) =>
        new("greater_than_equal", $"Input should be greater than or equal to {least}", "ge", least);

    public static FieldFault TooLarge(long most) =>
        new("less_than_equal", $"Input should be less than or equal to {most}", "le", most);

    public static FieldFault TooManyDigits(int most) => new("int_too_long", $"Input should have at most {most} digits", "max_digits", most);

    public static FieldFault NotExactly(long value) => new("literal_error", $"Input should be {value}", "expected", $"{value}");

    public static FieldFault NotOneOf(IReadOnlyList<string> values)
    {
        var quoted = values.Select(value => $"'{value}'").ToList();
        var expected = quoted.Count == 1 ? quoted[0] : $"{string.Join(", ", quoted.SkipLast(1))} or {quoted[^1]}";
        return new("enum", $"Input should be {expected}", "expected", expected);
    }

    /// <summary>A rule that is not about length or kind.</summary>
    public static FieldFault Invalid(string error) => new("value_error", $"Value error, {error}", "error", error);

    public static FieldFault TooShort(int minimum) =>
        new("string_too_short", $"String should have at least {Characters(minimum)}", "min_length", minimum);

    public static FieldFault TooLong(int maximum) =>
        new("string_too_long", $"String should have at most {Characters(maximum)}", "max_length", maximum);

    public static FieldFault PatternMismatch(string pattern) =>
        new("string_pattern_mismatch", $"String should match pattern '{pattern}'", "pattern", pattern);

    public static FieldFault NotJson(string error) => new("json_invalid", "JSON decode error", "error", error);

    private static string Characters(int count) => count == 1 ? "1 character" : $"{count} characters";
}
