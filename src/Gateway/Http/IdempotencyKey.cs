namespace Otp.Gateway.Http;

/// <summary>The header by which a caller names one operation, so that repeating the request has no second effect.</summary>
internal static class IdempotencyKey
{
    public const string HeaderName = "Idempotency-Key";
    public const int MaxLength = 128;
    public const string Malformed = "Idempotency-Key must be 1 to 128 visible ASCII characters";
    public const string Reused = "Idempotency-Key was already used with another payload";

    /// <summary>Reads the header: null where there is none.</summary>
    /// <returns>False if it is there but not 1–128 visible ASCII characters.</returns>
    public static bool TryRead(HttpRequest request, out string? key)
    {
        key = null;
        if (!request.Headers.TryGetValue(HeaderName, out var values))
        {
            return true;
        }

        key = values.Count == 1 ? values[0] : null;
        return key is { Length: >= 1 and <= MaxLength } && !key.AsSpan().ContainsAnyExceptInRange('!', '~');
    }

    public static Task WriteMalformedAsync(HttpContext context) =>
        Detail.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, Malformed);

    public static Task WriteReusedAsync(HttpContext context) =>
        Detail.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, Reused);
}
