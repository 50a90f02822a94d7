using System.Net.Http.Headers;

namespace Otp.Gateway.Http;

/// <summary>Which media types bodies may have.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string Form = "application/x-www-form-urlencoded";

    /// <summary>Whether <paramref name="contentType"/> is <paramref name="mediaType"/>, in UTF-8 or without a charset.</summary>
    public static bool Is(string? contentType, string mediaType) =>
        string.Equals(contentType, mediaType, StringComparison.OrdinalIgnoreCase)
        || (MediaTypeHeaderValue.TryParse(contentType, out var parsed)
            && string.Equals(parsed.MediaType, mediaType, StringComparison.OrdinalIgnoreCase)
            && parsed.CharSet?.Trim('"') is var charset
            && (charset is null || string.Equals(charset, "utf-8", StringComparison.OrdinalIgnoreCase)));
}
