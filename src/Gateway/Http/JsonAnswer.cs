using System.Text.Json.Serialization.Metadata;

namespace Otp.Gateway.Http;

/// <summary>Writes one JSON body of known length.</summary>
internal static class JsonAnswer
{
    /// <summary>A text as JSON.</summary>
    public static ReadOnlySpan<byte> Text(string text) => JsonSerializer.SerializeToUtf8Bytes(text, HttpJson.Default.String);

    public static Task WriteAsync<T>(HttpContext context, int status, T value, JsonTypeInfo<T> type) =>
        WriteAsync(context, status, JsonSerializer.SerializeToUtf8Bytes(value, type));

    public static Task WriteAsync(HttpContext context, int status, ReadOnlyMemory<byte> json)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = MediaTypes.Json;
        response.ContentLength = json.Length;
        return response.BodyWriter.WriteAsync(json).AsTask();
    }
}
