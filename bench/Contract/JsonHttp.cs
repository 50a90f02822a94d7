using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Otp.Contract;

/// <summary>JSON in and out of a request.</summary>
internal static class JsonHttp
{
    /// <summary>The body; null, and the request answered with 422, if it is not one.</summary>
    public static async ValueTask<T?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        T? body = null;
        if (context.Request.HasJsonContentType())
        {
            try
            {
                body = await JsonSerializer.DeserializeAsync(context.Request.BodyReader, type, context.RequestAborted);
            }
            catch (JsonException)
            {
                // Not JSON, or not of that shape: answered below.
            }
        }

        if (body is null)
        {
            await RefuseAsync(context, "The body is not valid.");
        }

        return body;
    }

    public static Task RefuseAsync(HttpContext context, string detail) =>
        WriteAsync(context, StatusCodes.Status422UnprocessableEntity, new Detail(detail), ApiJson.Default.Detail);

    public static Task WriteAsync<T>(HttpContext context, int status, T value, JsonTypeInfo<T> type)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, type);
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = json.Length;
        return response.BodyWriter.WriteAsync(json).AsTask();
    }
}
