using Otp.Verifications;

namespace Otp.Gateway.Verify;

/// <summary>A verification.</summary>
/// <param name="Sid">Its SID: <c>VE</c> and 32 hexadecimal digits.</param>
/// <param name="ServiceSid">The service's SID.</param>
/// <param name="AccountSid">The account's SID.</param>
/// <param name="To">Where the code goes, in canonical form: lower case, or E.164.</param>
/// <param name="Channel">How its latest message travels: <c>sms</c>, <c>email</c>, <c>call</c> or <c>whatsapp</c>.</param>
/// <param name="Status"><c>pending</c>, <c>approved</c>, <c>canceled</c> or <c>max_attempts_reached</c>.</param>
/// <param name="Amount">What it approves; null for nothing in particular.</param>
/// <param name="Payee">Who is paid; null for nobody.</param>
/// <param name="SendCodeAttempts">The messages that the code went out with, the oldest first.</param>
/// <param name="DateCreated">When the code was made, in ISO 8601: UTC, in whole seconds.</param>
/// <param name="DateUpdated">When it was last sent or guessed at.</param>
/// <param name="Url">The verification's own address.</param>
internal sealed record VerificationAnswer(
    [property: JsonPropertyName("sid")] string Sid,
    [property: JsonPropertyName("service_sid")] string ServiceSid,
    [property: JsonPropertyName("account_sid")] string AccountSid,
    [property: JsonPropertyName("to")] string To,
    [property: JsonPropertyName("channel")] string Channel,
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("amount")] string? Amount,
    [property: JsonPropertyName("payee")] string? Payee,
    [property: JsonPropertyName("send_code_attempts")] IReadOnlyList<SendCodeAttempt> SendCodeAttempts,
    [property: JsonPropertyName("date_created")] string DateCreated,
    [property: JsonPropertyName("date_updated")] string DateUpdated,
    [property: JsonPropertyName("url")] string Url)
{
    /// <summary>Whether <c>status</c> is <c>approved</c>.</summary>
    [JsonPropertyName("valid")]
    public bool Valid => Status == VerificationStatus.Approved;

    [JsonPropertyName("lookup")]
    public LookupAnswer Lookup { get; } = new();

    /// <summary>Always null: there is no silent network authentication.</summary>
    [JsonPropertyName("sna")]
    public string? Sna => null;

    public static VerificationAnswer Of(HttpContext context, VerificationReport report, Target target, string? status = null)
    {
        var service = Caller.ProgramOf(context).Verify!;
        return new VerificationAnswer(
            report.Sid,
            service.ServiceSid,
            service.AccountSid,
            target.Value,
            ChannelNames.Of(report, target),
            status ?? VerificationStatus.Of(report),
            report.Payment?.Amount,
            report.Payment?.Payee,
            [.. report.Sends.Select(send => new SendCodeAttempt(VerifyDates.Precise(send.At), ChannelNames.Of(send.Channel).ToUpperInvariant(), send.Sid))],
            VerifyDates.Of(report.CreatedAt),
            VerifyDates.Of(report.UpdatedAt),
            VerifyEndpoints.AddressOf(context, service.ServiceSid, $"Verifications/{report.Sid}"));
    }

    /// <summary>Without the address.</summary>
    public override string ToString() => $"{nameof(VerificationAnswer)} {Status}";
}

/// <summary>A message that a code went out with.</summary>
/// <param name="Time">When, in ISO 8601: UTC, in milliseconds.</param>
/// <param name="Channel">How it travelled, in capitals.</param>
/// <param name="AttemptSid">Its SID.</param>
internal sealed record SendCodeAttempt(
    [property: JsonPropertyName("time")] string Time,
    [property: JsonPropertyName("channel")] string Channel,
    [property: JsonPropertyName("attempt_sid")] string AttemptSid);

/// <summary>What is known of a phone number: nothing, for no number is looked up.</summary>
internal sealed record LookupAnswer
{
    [JsonPropertyName("carrier")]
    public string? Carrier => null;
}

/// <summary>What came of a check.</summary>
/// <param name="Sid">The verification's SID.</param>
/// <param name="ServiceSid">The service's SID.</param>
/// <param name="AccountSid">The account's SID.</param>
/// <param name="To">Where the code went, in canonical form.</param>
/// <param name="Channel">How its latest message travelled.</param>
/// <param name="Status"><c>approved</c> if the code was right; else <c>pending</c>.</param>
/// <param name="Amount">What the verification approves; null for nothing in particular.</param>
/// <param name="Payee">Who is paid; null for nobody.</param>
/// <param name="DateCreated">When the code was made.</param>
/// <param name="DateUpdated">When it was last sent or guessed at.</param>
internal sealed record CheckAnswer(
    [property: JsonPropertyName("sid")] string Sid,
    [property: JsonPropertyName("service_sid")] string ServiceSid,
    [property: JsonPropertyName("account_sid")] string AccountSid,
    [property: JsonPropertyName("to")] string To,
    [property: JsonPropertyName("channel")] string Channel,
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("amount")] string? Amount,
    [property: JsonPropertyName("payee")] string? Payee,
    [property: JsonPropertyName("date_created")] string DateCreated,
    [property: JsonPropertyName("date_updated")] string DateUpdated)
{
    /// <summary>Whether the code was right.</summary>
    [JsonPropertyName("valid")]
    public bool Valid => Status == VerificationStatus.Approved;

    /// <summary>Always null: there is no silent network authentication.</summary>
    [JsonPropertyName("sna_attempts_error_codes")]
    public string? SnaAttemptsErrorCodes => null;

    public static CheckAnswer Of(VerifyService service, VerificationReport report, Target target, bool isRight) => new(
        report.Sid,
        service.ServiceSid,
        service.AccountSid,
        target.Value,
        ChannelNames.Of(report, target),
        isRight ? VerificationStatus.Approved : VerificationStatus.Pending,
        report.Payment?.Amount,
        report.Payment?.Payee,
        VerifyDates.Of(report.CreatedAt),
        VerifyDates.Of(report.UpdatedAt));

    /// <summary>Without the address.</summary>
    public override string ToString() => $"{nameof(CheckAnswer)} {Status}";
}

/// <summary>The API's names of a verification's states. One that is approved, canceled or expired is gone: asked for later, it is not found.</summary>
internal static class VerificationStatus
{
    public const string Pending = "pending";
    public const string Approved = "approved";
    public const string Canceled = "canceled";
    public const string MaxAttemptsReached = "max_attempts_reached";

    public static string Of(VerificationReport report) => report.IsExhausted ? MaxAttemptsReached : Pending;
}

/// <summary>The API's names of the channels.</summary>
internal static class ChannelNames
{
    public static IReadOnlyList<string> All { get; } = ["sms", "email", "call", "whatsapp"];

    public static string Of(VerificationChannel channel) => channel switch
    {
        VerificationChannel.Email => "email",
        VerificationChannel.Sms => "sms",
        VerificationChannel.Call => "call",
        VerificationChannel.WhatsApp => "whatsapp",
    };

    /// <summary>How the latest message travelled; a code that another surface sent travels the plain way.</summary>
    public static string Of(VerificationReport report, Target target) =>
        Of(report.Sends is [.., var last] ? last.Channel : target.Channel == Channel.Email ? VerificationChannel.Email : VerificationChannel.Sms);

    /// <summary>The channel of a name in <see cref="All"/>.</summary>
    public static VerificationChannel Read(string name) => name switch
    {
        "email" => VerificationChannel.Email,
        "call" => VerificationChannel.Call,
        "whatsapp" => VerificationChannel.WhatsApp,
        _ => VerificationChannel.Sms,
    };
}

/// <summary>Instants as the API writes them.</summary>
internal static class VerifyDates
{
    public static string Of(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Precise(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
