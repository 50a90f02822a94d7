namespace Otp.Gateway.Loyalife;

/// <summary>
/// One value of <c>ErrorCode</c> with its HTTP status and its words. The three-digit codes are Loyalife's own, the others ours; none of them
/// ever changes. <c>docs/api-loyalife.md</c> lists them.
/// </summary>
internal sealed record LoyalifeErrorCode(string Code, int Status, string Text)
{
    public static readonly LoyalifeErrorCode Success = new("000", StatusCodes.Status200OK, "Success");
    public static readonly LoyalifeErrorCode Exception = new("997", StatusCodes.Status500InternalServerError, "Exception occurred");
    public static readonly LoyalifeErrorCode InvalidRequest = new("998", StatusCodes.Status404NotFound, "Invalid request");
    public static readonly LoyalifeErrorCode BadRequest = new("999", StatusCodes.Status400BadRequest, "Bad request");
    public static readonly LoyalifeErrorCode InvalidClient = new("E101", StatusCodes.Status401Unauthorized, "Invalid client_id or client_secret");
    public static readonly LoyalifeErrorCode Unauthorized = new("E102", StatusCodes.Status401Unauthorized, "Unauthorized");
    public static readonly LoyalifeErrorCode Forbidden = new("E103", StatusCodes.Status403Forbidden, "Not enough permissions");
    public static readonly LoyalifeErrorCode ForeignProgram = new("E104", StatusCodes.Status403Forbidden, "ProgramId is not the token's program");
    public static readonly LoyalifeErrorCode OutOfScope = new("E105", StatusCodes.Status403Forbidden, "The token is bound to another member or purpose");

    /// <summary>One code for every reason a verify fails, so that nothing tells who is registered or what state a code is in.</summary>
    public static readonly LoyalifeErrorCode InvalidOtp = new("E201", StatusCodes.Status400BadRequest, "Invalid or expired OTP");

    public static readonly LoyalifeErrorCode TooMany = new("E202", StatusCodes.Status429TooManyRequests, "Too many requests");
    public static readonly LoyalifeErrorCode NotDelivered = new("E203", StatusCodes.Status502BadGateway, "The OTP could not be delivered");
    public static readonly LoyalifeErrorCode KeyReused = new("E204", StatusCodes.Status422UnprocessableEntity, IdempotencyKey.Reused);
    public static readonly LoyalifeErrorCode Unavailable = new("E205", StatusCodes.Status503ServiceUnavailable, "Service unavailable");

    /// <summary>For an address that is no member's own; when the policy allows a member no codes, the answer is that for an unknown member.</summary>
    public static readonly LoyalifeErrorCode NotAllowed = new("E206", StatusCodes.Status400BadRequest, "The program sends no OTP to this address");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<LoyalifeErrorCode> All { get; } =
    [
        Success, Exception, InvalidRequest, BadRequest, InvalidClient, Unauthorized, Forbidden, ForeignProgram, OutOfScope, InvalidOtp,
        TooMany, NotDelivered, KeyReused, Unavailable, NotAllowed,
    ];

    /// <summary>The code of a refusal.</summary>
    public static LoyalifeErrorCode Of(Refusal refusal) => refusal switch
    {
        Refusal.RateLimited or Refusal.TooSoon or Refusal.CallerLimited or Refusal.TooManyTokenRequests => TooMany,
        Refusal.TargetNotAllowed or Refusal.PrefixBlocked => NotAllowed,

        // Anything else would tell that the address is registered: nothing is ever delivered to one that is not.
        Refusal.Undeliverable => Success,
        Refusal.DeliveryFailed => NotDelivered,
        Refusal.InvalidCode => InvalidOtp,
        Refusal.InvalidClient => InvalidClient,
        Refusal.ForeignProgram => ForeignProgram,
        Refusal.OutOfScope => OutOfScope,
        Refusal.ReusedKey => KeyReused,
        Refusal.InvalidTarget or Refusal.Unsupported or Refusal.MalformedKey => BadRequest,
    };

    /// <summary>The code of an error of which only the HTTP status is known.</summary>
    public static LoyalifeErrorCode Of(int status) => status switch
    {
        StatusCodes.Status400BadRequest => BadRequest,
        StatusCodes.Status401Unauthorized => Unauthorized,
        StatusCodes.Status403Forbidden => Forbidden,
        StatusCodes.Status429TooManyRequests => TooMany,
        StatusCodes.Status502BadGateway => NotDelivered,
        StatusCodes.Status503ServiceUnavailable => Unavailable,
        >= StatusCodes.Status500InternalServerError => Exception,
        _ => InvalidRequest,
    };
}
