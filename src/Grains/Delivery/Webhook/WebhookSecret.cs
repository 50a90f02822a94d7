using System.Diagnostics.CodeAnalysis;

namespace Otp.Delivery;

/// <summary>A secret in the form of Standard Webhooks.</summary>
internal static class WebhookSecret
{
    private const string Prefix = "whsec_";

    /// <summary>Reads the key of 24–64 bytes.</summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out byte[]? key)
    {
        key = null;
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;

        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64Chars(text.AsSpan(Prefix.Length), bytes, out var length) || length is < 24 or > 64)
            return false;

        key = bytes[..length];
        return true;
    }

    /// <summary>The key of a secret that was checked before.</summary>
    /// <exception cref="FormatException">It is no secret.</exception>
    public static byte[] Read(string text) => TryRead(text, out var key) ? key : throw new FormatException("Not a webhook's secret.");
}
