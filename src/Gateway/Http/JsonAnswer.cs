using System.Text.Json.Serialization.Metadata;

namespace Otp.Gateway.Http;

/// <summary>Writes one JSON body of known length.</summary>
internal static class JsonAnswer
{
    public static Task WriteAsync<T>(HttpContext context, int status, T value) => WriteRawAsync(context, status, Serialize(value));

    public static Task WriteRawAsync(HttpContext context, int status, ReadOnlyMemory<byte> json)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = MediaTypes.Json;
        response.ContentLength = json.Length;
        return response.BodyWriter.WriteAsync(json).AsTask();
    }

    /// <summary>Answers with a status alone; <see cref="ErrorMiddleware"/> gives an error its body.</summary>
    public static Task WriteNothingAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>A body that <see cref="AnswerJson"/> lists.</summary>
    public static byte[] Serialize<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, (JsonTypeInfo<T>)AnswerJson.Answers.GetTypeInfo(typeof(T))!);
}

/// <summary>An error outside the documented bodies, in FastAPI's shape: <c>{"detail":"…"}</c>.</summary>
/// <param name="Text">What went wrong; never a code, a target or a secret.</param>
internal sealed record Detail([property: JsonPropertyName("detail")] string Text)
{
    public static Task WriteAsync(HttpContext context, int status, string text) => JsonAnswer.WriteAsync(context, status, new Detail(text));
}
