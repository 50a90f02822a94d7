using System.Collections.Frozen;
using System.Text.Json;

namespace Orleans.Otp.Telemetry;

/// <summary>An enumeration's members as values of tags, in snake case; each text is made once.</summary>
public static class TagValues<TEnum>
    where TEnum : struct, Enum
{
    private static readonly FrozenDictionary<TEnum, string> Texts = Enum.GetValues<TEnum>().Distinct()
        .ToFrozenDictionary(static value => value, static value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    /// <summary>The member's text.</summary>
    public static string Of(TEnum value) => Texts[value];
}
