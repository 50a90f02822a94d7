namespace Otp.Client;

/// <summary>What an answer of the Verify API means, by its HTTP status and its error's code.</summary>
internal static class VerifyReplies
{
    public const string Canceled = "canceled";

    private const int ServiceNotFound = 20404;
    private const int InvalidParameter = 60200;
    private const int MaxCheckAttempts = 60202;
    private const int NotSupported = 60204;
    private const int Landline = 60205;
    private const int Blocked = 60238;
    private const int CountryBlocked = 60605;
    private const string InvalidTo = "Invalid parameter: To";

    public static SendStatus SendStatusOf(Reply reply, Bodies.VerificationAnswer? answer) => (reply.Status, ErrorOf(reply)) switch
    {
        (201, _) when answer?.Sid is not null => SendStatus.Sent,
        (400, { Code: InvalidParameter, Message: { } message }) when message.StartsWith(InvalidTo, StringComparison.Ordinal) => SendStatus.TargetRefused,
        (403, { Code: Landline or Blocked or CountryBlocked }) => SendStatus.TargetRefused,
        (403, { Code: NotSupported }) or (400 or 413 or 415 or 422, _) => SendStatus.InvalidRequest,
        (401, _) => SendStatus.Unauthorized,
        (403, _) or (404, { Code: ServiceNotFound }) => SendStatus.Forbidden,
        (429, _) => SendStatus.Limited,
        (502, not null) => SendStatus.NotDelivered,
        _ => SendStatus.Unavailable,
    };

    public static VerificationStatus StatusOf(Reply reply, Bodies.VerificationAnswer? answer) => (reply.Status, ErrorOf(reply)) switch
    {
        (200, _) => answer?.Status switch
        {
            "pending" => VerificationStatus.Pending,
            "approved" => VerificationStatus.Approved,
            Canceled => VerificationStatus.Canceled,
            "max_attempts_reached" => VerificationStatus.MaxAttemptsReached,
            _ => VerificationStatus.Unavailable,
        },
        (429, { Code: MaxCheckAttempts }) => VerificationStatus.MaxAttemptsReached,
        (404, { Code: ServiceNotFound }) => VerificationStatus.NotFound,
        (403, { Code: NotSupported }) or (400 or 413 or 415 or 422, _) => VerificationStatus.InvalidRequest,
        (401, _) => VerificationStatus.Unauthorized,
        (403, _) => VerificationStatus.Forbidden,
        _ => VerificationStatus.Unavailable,
    };

    private static Bodies.VerifyError? ErrorOf(Reply reply) => reply.Read(ClientJson.Default.VerifyError);
}
