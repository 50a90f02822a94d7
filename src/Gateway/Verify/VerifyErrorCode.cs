namespace Otp.Gateway.Verify;

/// <summary>One of Twilio's error codes with its HTTP status and its words. <c>docs/api-verify.md</c> lists them; none of them ever changes.</summary>
internal sealed record VerifyErrorCode(int Code, int Status, string Text)
{
    public static readonly VerifyErrorCode BadRequest = new(20001, StatusCodes.Status400BadRequest, "Bad request");
    public static readonly VerifyErrorCode Unauthorized = new(20003, StatusCodes.Status401Unauthorized, "Authentication failed");
    public static readonly VerifyErrorCode Forbidden = new(20403, StatusCodes.Status403Forbidden, "Forbidden");
    public static readonly VerifyErrorCode NotFound = new(20404, StatusCodes.Status404NotFound, "The requested resource was not found");
    public static readonly VerifyErrorCode MethodNotAllowed = new(20004, StatusCodes.Status405MethodNotAllowed, "Method not allowed");
    public static readonly VerifyErrorCode TooManyRequests = new(20429, StatusCodes.Status429TooManyRequests, "Too many requests");
    public static readonly VerifyErrorCode ServerError = new(20500, StatusCodes.Status500InternalServerError, "Internal server error");
    public static readonly VerifyErrorCode NotDelivered = new(20500, StatusCodes.Status502BadGateway, "The code could not be delivered");
    public static readonly VerifyErrorCode Unavailable = new(20503, StatusCodes.Status503ServiceUnavailable, "Service unavailable");
    public static readonly VerifyErrorCode InvalidParameter = new(60200, StatusCodes.Status400BadRequest, "Invalid parameter");
    public static readonly VerifyErrorCode InvalidTo = new(60200, StatusCodes.Status400BadRequest, "Invalid parameter: To");
    public static readonly VerifyErrorCode InvalidKey = new(60200, StatusCodes.Status400BadRequest, $"Invalid parameter: {IdempotencyKey.Malformed}");
    public static readonly VerifyErrorCode KeyReused = new(60200, StatusCodes.Status422UnprocessableEntity, $"Invalid parameter: {IdempotencyKey.Reused}");
    public static readonly VerifyErrorCode MaxCheckAttempts = new(60202, StatusCodes.Status429TooManyRequests, "Max check attempts reached");
    public static readonly VerifyErrorCode MaxSendAttempts = new(60203, StatusCodes.Status429TooManyRequests, "Max send attempts reached");
    public static readonly VerifyErrorCode NotSupported = new(60204, StatusCodes.Status403Forbidden, "Service does not support this feature");
    public static readonly VerifyErrorCode Landline = new(60205, StatusCodes.Status403Forbidden, "SMS is not supported by landline phone number");
    public static readonly VerifyErrorCode PaymentMissing = new(60206, StatusCodes.Status400BadRequest, "'Amount' & 'Payee' params are required");
    public static readonly VerifyErrorCode TooSoon = new(60212, StatusCodes.Status429TooManyRequests, "Too many concurrent requests for phone number");
    public static readonly VerifyErrorCode NoCallForPayment = new(60214, StatusCodes.Status400BadRequest, "Call channel is not supported when using PSD2");
    public static readonly VerifyErrorCode NoVerification = new(60221, StatusCodes.Status400BadRequest, "No target verification specified");
    public static readonly VerifyErrorCode ChannelDisabled = new(60223, StatusCodes.Status400BadRequest, "Delivery channel disabled");
    public static readonly VerifyErrorCode Blocked = new(60238, StatusCodes.Status403Forbidden, "Verification creation attempt blocked");
    public static readonly VerifyErrorCode CustomMessage = new(60243, StatusCodes.Status400BadRequest, "Custom messages are not supported");
    public static readonly VerifyErrorCode PrefixBlocked = new(60410, StatusCodes.Status403Forbidden, "Verification delivery attempt blocked");
    public static readonly VerifyErrorCode CountryBlocked = new(60605, StatusCodes.Status403Forbidden, "The destination phone number is blocked");

    /// <summary>The code of a refusal that is worded alike on every call.</summary>
    public static VerifyErrorCode Of(Refusal refusal) => refusal switch
    {
        Refusal.InvalidTarget or Refusal.Undeliverable => InvalidTo,
        Refusal.TargetNotAllowed => Blocked,
        Refusal.PrefixBlocked => PrefixBlocked,
        Refusal.RateLimited => MaxSendAttempts,
        Refusal.TooSoon => TooSoon,
        Refusal.CallerLimited or Refusal.TooManyTokenRequests => TooManyRequests,
        Refusal.DeliveryFailed => NotDelivered,
        Refusal.InvalidCode or Refusal.ForeignProgram or Refusal.OutOfScope => NotFound,
        Refusal.InvalidClient => Unauthorized,
        Refusal.Unsupported => NotSupported,
        Refusal.MalformedKey => InvalidKey,
        Refusal.ReusedKey => KeyReused,
    };

    /// <summary>The code of an error of which only the HTTP status is known.</summary>
    public static VerifyErrorCode Of(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Unauthorized,
        StatusCodes.Status403Forbidden => Forbidden,
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed,
        StatusCodes.Status429TooManyRequests => TooManyRequests,
        StatusCodes.Status503ServiceUnavailable => Unavailable,
        >= StatusCodes.Status500InternalServerError => ServerError,
        _ => BadRequest,
    };
}

/// <summary>An error as Twilio shapes it.</summary>
/// <param name="Code">The error; <c>docs/api-verify.md</c> lists them.</param>
/// <param name="Message">The error in words; never a code, a target or a secret.</param>
/// <param name="Status">The HTTP status.</param>
internal sealed record VerifyError(
    [property: JsonPropertyName("code")] int Code,
    [property: JsonPropertyName("message")] string Message,
    [property: JsonPropertyOrder(1), JsonPropertyName("status")] int Status)
{
    /// <summary>Where Twilio describes the error.</summary>
    [JsonPropertyName("more_info")]
    public string MoreInfo => $"https://www.twilio.com/docs/errors/{Code}";

    public static Task WriteAsync(HttpContext context, VerifyErrorCode error, string? text = null, int? status = null) =>
        JsonAnswer.WriteAsync(context, status ?? error.Status, new VerifyError(error.Code, text ?? error.Text, status ?? error.Status));

    /// <summary>Says in Twilio's words, which backends look for, that there is no such thing below the caller's service.</summary>
    /// <param name="resource">What there is not: its path below the service, without an address.</param>
    public static Task WriteNotFoundAsync(HttpContext context, string resource) => WriteAsync(
        context,
        VerifyErrorCode.NotFound,
        $"The requested resource {VerifyEndpoints.Root}/{Caller.ProgramOf(context).Verify!.ServiceSid}/{resource} was not found");
}

/// <summary>Puts every error of the surface into Twilio's shape.</summary>
internal sealed class VerifyErrors : ISurfaceErrors
{
    public PathString Root => VerifyEndpoints.Root;

    public Task WriteAsync(HttpContext context, int status, string text)
    {
        var error = VerifyErrorCode.Of(status);
        return VerifyError.WriteAsync(context, error, error == VerifyErrorCode.BadRequest ? $"{error.Text}: {text}" : error.Text, status);
    }

    public Task WriteFaultsAsync(HttpContext context, string faults) =>
        VerifyError.WriteAsync(context, VerifyErrorCode.InvalidParameter, $"{VerifyErrorCode.InvalidParameter.Text}: {faults}");
}
