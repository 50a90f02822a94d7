using System.Text.Encodings.Web;
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

/// <summary>An error outside the documented bodies, in FastAPI's shape: <c>{"detail":"…"}</c>.</summary>
/// <param name="Text">What went wrong; never a code, a target or a secret.</param>
internal sealed record Detail([property: JsonPropertyName("detail")] string Text)
{
    public static Task WriteAsync(HttpContext context, int status, string text) =>
        JsonAnswer.WriteAsync(context, status, new Detail(text), HttpJson.Default.Detail);
}

/// <summary>Source-generated JSON of the shapes that all surfaces share.</summary>
[JsonSerializable(typeof(Detail))]
[JsonSerializable(typeof(string))]
internal sealed partial class HttpJson : JsonSerializerContext;

/// <summary>How text is written into JSON answers.</summary>
internal static class HttpText
{
    /// <summary>Escapes what JSON demands and no more: answers are read by JSON parsers, never put into HTML as they are.</summary>
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
}
