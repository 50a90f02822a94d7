namespace Otp.Gateway.Http;

/// <summary>An error outside the documented bodies, in FastAPI's shape: <c>{"detail":"…"}</c>.</summary>
/// <param name="Text">What went wrong; never a code, a target or a secret.</param>
internal sealed record Detail([property: JsonPropertyName("detail")] string Text)
{
    public static Task WriteAsync(HttpContext context, int status, string text) =>
        JsonAnswer.WriteAsync(context, status, new Detail(text), HttpJson.Default.Detail);
}
