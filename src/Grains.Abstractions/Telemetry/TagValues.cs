using System.Collections.Frozen;
using System.Text.Json;

namespace Otp.Telemetry;

/// <summary>Enumeration members as tag values, in snake case; each text is made once.</summary>
public static class TagValues
{
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        Texts<TEnum>.All[value];

    private static class Texts<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly FrozenDictionary<TEnum, string> All = Enum.GetValues<TEnum>()
            .ToFrozenDictionary(static value => value, static value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
    }
}
