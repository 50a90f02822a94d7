using System.Net.Http.Headers;
using System.Text;

namespace Otp.Client;

/// <summary>
/// Sends one-time codes and checks them, by the Verify API: Twilio's, which tells why a code is not right. Make one and keep it, as an
/// <see cref="OtpClient"/>; what is refused, or not answered, is a result here too.
/// </summary>
public sealed class VerifyClient : IDisposable
{
    private readonly Transport _transport;
    private readonly AuthenticationHeaderValue _credentials;
    private readonly string _service;

    /// <summary>A client of one service.</summary>
    /// <param name="options">Where it is, and who calls it: an account's SID and auth token, or an API key's SID and secret.</param>
    /// <param name="serviceSid">The service's SID: <c>VA</c> and 32 hexadecimal digits.</param>
    /// <param name="handler">What makes the HTTP requests; not disposed. By default sockets.</param>
    /// <param name="time">The clock of time-outs and retries; by default the system's.</param>
    public VerifyClient(OtpClientOptions options, string serviceSid, HttpMessageHandler? handler = null, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(serviceSid);
        _transport = new Transport(options, handler, time);
        _credentials = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.ClientId}:{options.ClientSecret}")));
        _service = $"v2/Services/{Uri.EscapeDataString(serviceSid)}";
    }

    /// <summary>Sends a code.</summary>
    /// <param name="to">An e-mail address or a phone number that fits the channel, in any spelling.</param>
    /// <param name="channel">How the code travels.</param>
    /// <param name="idempotencyKey">Names this send, as in <see cref="OtpClient.SendAsync"/>.</param>
    /// <param name="language">The language of the message (BCP 47), such as <c>pt-BR</c>; by default the program's.</param>
    /// <param name="payment">What the code approves; required where the service is for payments.</param>
    /// <param name="customCode">The caller's own code, 4 to 10 digits, where the service allows it; by default the service makes one.</param>
    /// <param name="cancellationToken">Ends the call; the send may have happened.</param>
    /// <exception cref="ArgumentException">The key or the language has no such form.</exception>
    public async Task<SendResult> SendAsync(
        string to,
        VerificationChannel channel,
        string? idempotencyKey = null,
        string? language = null,
        Payment? payment = null,
        string? customCode = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(to);
        var key = Call.KeyOrRandom(idempotencyKey);
        var call = Call.Form(
            $"{_service}/Verifications",
            ("To", to),
            ("Channel", NameOf(channel)),
            ("Locale", Call.LanguageOrNone(language)),
            ("Amount", payment?.Amount),
            ("Payee", payment?.Payee),
            ("CustomCode", customCode));
        var reply = await CallAsync(call with { IdempotencyKey = key }, cancellationToken).ConfigureAwait(false);
        var answer = reply.Read(ClientJson.Default.VerificationAnswer);
        var status = VerifyReplies.SendStatusOf(reply, answer);
        var isSent = status == SendStatus.Sent;
        return new SendResult(status, key)
        {
            Channel = !isSent ? null : channel == VerificationChannel.Email ? OtpChannel.Email : OtpChannel.Phone,
            VerificationSid = answer?.Sid,
            RetryAfter = reply.RetryAfter,
            RateLimit = RateLimit.Parse(reply.RateLimit),
            Error = isSent ? null : reply.Error(),
        };
    }

    /// <summary>Checks a code. A right one is used up.</summary>
    /// <param name="to">The target that the code was sent to, in any spelling.</param>
    /// <param name="code">The digits that the person typed.</param>
    /// <param name="idempotencyKey">Names this check, as in <see cref="OtpClient.SendAsync"/>.</param>
    /// <param name="payment">What the code approves: it is right for nothing else.</param>
    /// <param name="cancellationToken">Ends the call; the check may have happened.</param>
    /// <returns><see cref="VerificationStatus.Approved"/> for the right code, <see cref="VerificationStatus.Pending"/> for a wrong one.</returns>
    /// <exception cref="ArgumentException">The key has no such form.</exception>
    public Task<VerificationResult> CheckAsync(
        string to, string code, string? idempotencyKey = null, Payment? payment = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(code);

        // By target and not by SID: a repeat of a check that approved finds the target, and no longer the SID.
        var call = Call.Form($"{_service}/VerificationCheck", ("To", to), ("Code", code), ("Amount", payment?.Amount), ("Payee", payment?.Payee));
        return AskAsync(call with { IdempotencyKey = Call.KeyOrRandom(idempotencyKey) }, cancellationToken);
    }

    /// <summary>Tells what has become of a live verification.</summary>
    /// <param name="sidOrTo">Its SID, or its target.</param>
    public Task<VerificationResult> FetchAsync(string sidOrTo, CancellationToken cancellationToken = default) =>
        AskAsync(new Call(HttpMethod.Get, PathOf(sidOrTo)), cancellationToken);

    /// <summary>Cancels a verification: no code is right for it any more.</summary>
    /// <param name="sidOrTo">Its SID, or its target.</param>
    /// <param name="idempotencyKey">Names this call, as in <see cref="OtpClient.SendAsync"/>.</param>
    /// <param name="cancellationToken">Ends the call; the verification may be canceled.</param>
    /// <returns>
    /// <see cref="VerificationStatus.Canceled"/>; or <see cref="VerificationStatus.NotFound"/> for one that is over, also where it is over by an
    /// attempt of this call that nobody answered.
    /// </returns>
    /// <exception cref="ArgumentException">The key has no such form.</exception>
    public Task<VerificationResult> CancelAsync(string sidOrTo, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        AskAsync(Call.Form(PathOf(sidOrTo), ("Status", VerifyReplies.Canceled)) with { IdempotencyKey = Call.KeyOrRandom(idempotencyKey) }, cancellationToken);

    public void Dispose() => _transport.Dispose();

    private string PathOf(string sidOrTo)
    {
        ArgumentException.ThrowIfNullOrEmpty(sidOrTo);
        return $"{_service}/Verifications/{Uri.EscapeDataString(sidOrTo)}";
    }

    private async Task<VerificationResult> AskAsync(Call call, CancellationToken ct)
    {
        var reply = await CallAsync(call, ct).ConfigureAwait(false);
        var answer = reply.Read(ClientJson.Default.VerificationAnswer);
        return new VerificationResult(VerifyReplies.StatusOf(reply, answer), call.IdempotencyKey)
        {
            Sid = answer?.Sid,
            To = answer?.To,
            RetryAfter = reply.RetryAfter,
            Error = answer is null ? reply.Error() : null,
        };
    }

    private Task<Reply> CallAsync(Call call, CancellationToken ct) => _transport.CallAsync(call, _credentials, ct);

    private static string NameOf(VerificationChannel channel) => channel switch
    {
        VerificationChannel.Email => "email",
        VerificationChannel.Sms => "sms",
        VerificationChannel.Call => "call",
        VerificationChannel.WhatsApp => "whatsapp",
        _ => throw new ArgumentOutOfRangeException(nameof(channel), channel, "No such channel."),
    };
}

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
