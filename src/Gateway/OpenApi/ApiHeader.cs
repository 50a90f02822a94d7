using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Otp.Gateway.Verify;

namespace Otp.Gateway.OpenApi;

/// <summary>A header of answers.</summary>
/// <param name="Key">Its name among the document's components.</param>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Description">What it says.</param>
/// <param name="Example">A value: the only one where there is no <paramref name="Pattern"/>.</param>
/// <param name="Pattern">What values look like.</param>
/// <param name="IsRequired">Whether it is on each of its answers.</param>
internal sealed record ApiHeader(string Key, string Name, string Description, JsonNode Example, string? Pattern = null, bool IsRequired = true)
{
    private const string CacheControl = "Cache-Control";

    public static readonly ApiHeader NeverStored = new("NeverStored", CacheControl, "Health is of the moment.", "no-store, no-cache");
    public static readonly ApiHeader Expires = new("Expires", "Expires", "For caches of HTTP/1.0.", "Thu, 01 Jan 1970 00:00:00 GMT");
    public static readonly ApiHeader Pragma = new("Pragma", "Pragma", "For caches of HTTP/1.0.", "no-cache");
    public static readonly ApiHeader ETag = new("ETag", "ETag", "Names this version.", "\"v1\"", "^\"[^\"]+\"$", IsRequired: false);
    public static readonly ApiHeader Revalidate = new("Revalidate", CacheControl, "Keep it, and ask whether it has changed.", "no-cache");
    public static readonly ApiHeader RevalidatePage = new("RevalidatePage", CacheControl, "Of the page: keep it, and ask whether it has changed; of all else: keep nothing.", "no-store", "^no-(cache|store)$");
    public static readonly ApiHeader Vary = new("Vary", "Vary", "`Accept` decides between the page and JSON.", "Accept", IsRequired: false) { IsOnErrors = true };
    public static readonly ApiHeader PagePolicy = new("PagePolicy", "Content-Security-Policy", "Of the page: nothing but this origin.", "default-src 'none'", "^default-src ", IsRequired: false);
    public static readonly ApiHeader ReferrerPolicy = new("ReferrerPolicy", "Referrer-Policy", "Of the page.", "no-referrer", IsRequired: false);

    private static readonly ApiHeader RequestId =
        new("RequestId", RequestIdMiddleware.HeaderName, "Names the request; its log lines carry it too.", "4f9d1c2b7a8e46d0b35f6e7a91c02d84", "^[0-9a-f]{32}$");

    private static readonly ApiHeader NoStore = new("NoStore", CacheControl, "Keep nothing.", "no-store");
    private static readonly ApiHeader NoSniff = new("NoSniff", "X-Content-Type-Options", "The body is what `Content-Type` says.", "nosniff");
    private static readonly ApiHeader AcceptEncoding = new("AcceptEncoding", "Accept-Encoding", "How a body may be encoded: not at all.", "identity");
    private static readonly ApiHeader RetryAfter = new("RetryAfter", "Retry-After", "Whole seconds to wait, rounded up, never 0.", 3600);
    private static readonly ApiHeader Challenge = new("BearerChallenge", "WWW-Authenticate", "How to authenticate.", "Bearer");
    private static readonly ApiHeader BasicChallenge = new("BasicChallenge", "WWW-Authenticate", "How to authenticate.", BasicAuthentication.Challenge);

    private static readonly ApiHeader RateLimitPolicy = new(
        "RateLimitPolicy",
        RateLimitHeaders.PolicyHeader,
        "The target's windows; absent where the program sets none.",
        "\"hour\";q=5;w=3600, \"day\";q=10;w=86400",
        """^"[^"]+";q=\d+;w=\d+(, "[^"]+";q=\d+;w=\d+)*$""",
        IsRequired: false);

    private static readonly ApiHeader RateLimit = new(
        "RateLimit",
        RateLimitHeaders.UsageHeader,
        "How full the closest window is: sends left, seconds until there is one more. Absent where no window was looked at.",
        "\"hour\";r=4;t=3600",
        """^"[^"]+";r=\d+;t=\d+$""",
        IsRequired: false);

    private bool IsOnErrors { get; init; }

    /// <summary>The headers of one answer to a call.</summary>
    public static IEnumerable<ApiHeader> Of(ApiCall call, int status)
    {
        var isOwn = call.Answers.Any(answer => answer.Status == status);
        IEnumerable<(ApiHeader Header, bool IsThere)> all =
        [
            (RequestId, true),
            (NoSniff, true),
            (NoStore, !isOwn || !call.Headers.Any(static header => header.Name == CacheControl)),
            (AcceptEncoding, status == StatusCodes.Status415UnsupportedMediaType),
            (call.IsBasic ? BasicChallenge : Challenge, status == StatusCodes.Status401Unauthorized),
            (RetryAfter, status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable && !isOwn),
            (RateLimitPolicy, call.Sends && status != StatusCodes.Status401Unauthorized),
            (RateLimit, call.Sends && status is 200 or 201 or 400 or 403 or 422 or 429 or 500 or 502 or 503),
            .. call.Headers.Select(header => (header, isOwn || header.IsOnErrors)),
        ];
        return all.Where(static header => header.IsThere).Select(static header => header.Header);
    }

    public IOpenApiHeader Reference(OpenApiDocument document)
    {
        document.AddComponent<IOpenApiHeader>(Key, new OpenApiHeader
        {
            Description = Description,
            Required = IsRequired,
            Schema = Example.GetValueKind() == JsonValueKind.Number
                ? new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1" }
                : new OpenApiSchema { Type = JsonSchemaType.String, Pattern = Pattern, Enum = Pattern is null ? [Example.DeepClone()] : null },
            Example = Example.DeepClone(),
        });
        return new OpenApiHeaderReference(Key, document);
    }
}
