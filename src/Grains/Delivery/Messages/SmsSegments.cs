using System.Buffers;

namespace Otp.Delivery;

/// <summary>How many segments an SMS takes (3GPP TS 23.038, 23.040), in septets of the default alphabet or in UTF-16 units.</summary>
internal static class SmsSegments
{
    private static readonly SearchValues<char> Basic = SearchValues.Create(
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
        "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");

    private static readonly SearchValues<char> Extended = SearchValues.Create("\f^{}\\[~]|€");

    /// <summary>The segments of a text: one holds 160 septets or 70 units, each of several 153 or 67.</summary>
    public static int Count(string text) => Septets(text) is { } septets ? Count(septets, 160, 153) : Count(text.Length, 70, 67);

    private static int Count(int length, int alone, int concatenated) => length <= alone ? 1 : (length + concatenated - 1) / concatenated;

    /// <summary>The text's length in the default alphabet, where an extended character takes two; null when it has other characters.</summary>
    private static int? Septets(string text)
    {
        var extended = text.Count(Extended.Contains);
        return text.Count(Basic.Contains) + extended == text.Length ? text.Length + extended : null;
    }
}
