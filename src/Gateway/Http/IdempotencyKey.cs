namespace Otp.Gateway.Http;

/// <summary>The header by which a caller names one operation, so that repeating the request has no second effect.</summary>
/// <param name="Value">The key; null where the caller gave none.</param>
internal sealed record IdempotencyKey(string? Value)
{
    public const string HeaderName = "Idempotency-Key";
    public const int MaxLength = 128;
    public const string Malformed = "Idempotency-Key must be 1 to 128 visible ASCII characters";
    public const string Reused = "Idempotency-Key was already used with another payload";

    private static readonly IdempotencyKey None = new(Value: null);

    /// <summary>Reads the header.</summary>
    /// <returns>Null if it is there but not 1–128 visible ASCII characters.</returns>
    public static IdempotencyKey? Of(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(HeaderName, out var values))
        {
            return None;
        }

        var key = values.Count == 1 ? values[0] : null;
        return key is { Length: >= 1 and <= MaxLength } && !key.AsSpan().ContainsAnyExceptInRange('!', '~') ? new(key) : null;
    }
}
