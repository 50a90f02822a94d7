using System.Buffers;

namespace Orleans.Otp.Delivery;

/// <summary>The default alphabet of SMS (3GPP TS 23.038): what a segment of 160 septets can hold.</summary>
internal static class Gsm7
{
    /// <summary>Septets of a message that is not concatenated.</summary>
    public const int SegmentLength = 160;

    private static readonly SearchValues<char> Basic = SearchValues.Create(
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
        "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");

    private static readonly SearchValues<char> Extended = SearchValues.Create("\f^{}\\[~]|€");

    /// <summary>Whether the alphabet has every character and one segment has room for them; an extended one takes two septets.</summary>
    public static bool FitsOneSegment(string text)
    {
        var septets = 0;
        foreach (var c in text)
        {
            if (Basic.Contains(c))
                septets++;
            else if (Extended.Contains(c))
                septets += 2;
            else
                return false;
        }

        return septets <= SegmentLength;
    }
}
