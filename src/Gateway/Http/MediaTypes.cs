using System.Net.Http.Headers;

namespace Orleans.Otp.Gateway.Http;

/// <summary>Which media types a body may have.</summary>
internal static class MediaTypes
{
    /// <summary>True for <c>application/json</c>, with <c>charset=utf-8</c> or without a charset.</summary>
    public static bool IsJson(string? contentType) =>
        string.Equals(contentType, JsonAnswer.MediaType, StringComparison.OrdinalIgnoreCase)
        || (MediaTypeHeaderValue.TryParse(contentType, out var parsed)
            && string.Equals(parsed.MediaType, JsonAnswer.MediaType, StringComparison.OrdinalIgnoreCase)
            && parsed.CharSet?.Trim('"') is var charset
            && (charset is null || string.Equals(charset, "utf-8", StringComparison.OrdinalIgnoreCase)));
}
