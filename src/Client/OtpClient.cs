namespace Otp.Client;

/// <summary>
/// Sends one-time codes and verifies them, by the LoyaltyDog API. Make one and keep it: it holds the connections and the access token; calls
/// may run side by side. What the service refuses, and that it does not answer, are results; exceptions are for wrong arguments and
/// cancellation. An attempt that nobody answered is made again under the same idempotency key, so that whatever happened to the first, the
/// call has one effect.
/// </summary>
public sealed class OtpClient : IDisposable
{
    private const string Customers = "v2/giftcards/customers";

    private readonly Transport _transport;
    private readonly TokenCalls _calls;

    /// <summary>A client of the service at <see cref="OtpClientOptions.BaseAddress"/>.</summary>
    /// <param name="options">Where the service is and who calls it.</param>
    /// <param name="handler">What makes the HTTP requests, such as one with a proxy; not disposed. By default sockets.</param>
    /// <param name="time">The clock of time-outs and retries; by default the system's.</param>
    public OtpClient(OtpClientOptions options, HttpMessageHandler? handler = null, TimeProvider? time = null)
    {
        _transport = new Transport(options, handler, time);
        _calls = new TokenCalls(
            _transport,
            Call.Form("v2/token", ("grant_type", "password"), ("username", options.ClientId), ("password", options.ClientSecret)),
            static reply => reply.Read(ClientJson.Default.TokenAnswer)?.AccessToken);
    }

    /// <summary>Sends a code.</summary>
    /// <param name="target">An e-mail address or a phone number, 1–255 characters, in any spelling.</param>
    /// <param name="idempotencyKey">
    /// Names this send: 1–128 visible ASCII characters. Give one that outlives the process, such as the id of the person's own request, to
    /// repeat a send after a crash. By default a random one.
    /// </param>
    /// <param name="language">The language of the message (BCP 47), such as <c>pt-BR</c>; by default the program's.</param>
    /// <param name="cancellationToken">Ends the call; the send may have happened.</param>
    /// <exception cref="ArgumentException">The key or the language has no such form.</exception>
    public async Task<SendResult> SendAsync(
        string target, string? idempotencyKey = null, string? language = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        var key = Call.KeyOrRandom(idempotencyKey);
        var call = Call.Json(HttpMethod.Post, $"{Customers}/otp/send", new Bodies.SendBody(target), ClientJson.Default.SendBody) with
        {
            IdempotencyKey = key,
            Language = Call.LanguageOrNone(language),
        };
        var reply = await _calls.CallAsync(call, cancellationToken).ConfigureAwait(false);
        var answer = reply.Read(ClientJson.Default.SendAnswer);
        var status = reply.Status switch
        {
            200 when answer is { Success: true } => SendStatus.Sent,
            400 => SendStatus.TargetRefused,
            401 => SendStatus.Unauthorized,
            403 => SendStatus.Forbidden,
            413 or 415 or 422 => SendStatus.InvalidRequest,
            429 => SendStatus.Limited,
            502 when reply.IsJson => SendStatus.NotDelivered,
            _ => SendStatus.Unavailable,
        };
        return new SendResult(status, key)
        {
            Channel = answer?.OtpType switch
            {
                "email" => OtpChannel.Email,
                "phone" => OtpChannel.Phone,
                _ => null,
            },
            RetryAfter = reply.RetryAfter,
            RateLimit = RateLimit.Parse(reply.RateLimit),
            Error = status == SendStatus.Sent ? null : answer?.Error ?? reply.Error(),
            MockCode = answer?.MockCode,
        };
    }

    /// <summary>Verifies a code. A right one is used up, and opens a session.</summary>
    /// <param name="target">The target that the code was sent to, in any spelling.</param>
    /// <param name="code">The digits that the person typed.</param>
    /// <param name="name">The person's name, kept from the first verify on; at most 255 characters.</param>
    /// <param name="idempotencyKey">Names this verify, as in <see cref="SendAsync"/>.</param>
    /// <param name="cancellationToken">Ends the call; the verify may have happened.</param>
    /// <exception cref="ArgumentException">The key has no such form.</exception>
    public async Task<VerifyResult> VerifyAsync(
        string target, string code, string? name = null, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(code);
        var key = Call.KeyOrRandom(idempotencyKey);
        var call = Call.Json(HttpMethod.Post, $"{Customers}/otp/verify", new Bodies.VerifyBody(target, code, name), ClientJson.Default.VerifyBody);
        var reply = await _calls.CallAsync(call with { IdempotencyKey = key }, cancellationToken).ConfigureAwait(false);
        var answer = reply.Read(ClientJson.Default.VerifyAnswer);
        var status = reply.Status switch
        {
            200 when answer is { Success: true, VerifiedTarget: not null, SessionToken: not null, Identity: not null } => VerifyStatus.Verified,
            400 => VerifyStatus.Refused,
            401 => VerifyStatus.Unauthorized,
            403 => VerifyStatus.Forbidden,
            413 or 415 or 422 => VerifyStatus.InvalidRequest,
            _ => VerifyStatus.Unavailable,
        };
        return new VerifyResult(status, key)
        {
            VerifiedTarget = answer?.VerifiedTarget,
            SessionToken = answer?.SessionToken,
            Identity = answer?.Identity,
            RetryAfter = reply.RetryAfter,
            Error = status == VerifyStatus.Verified ? null : answer?.Error ?? reply.Error(),
        };
    }

    /// <summary>Asks whose session a token opens.</summary>
    /// <param name="sessionToken">What <see cref="VerifyResult.SessionToken"/> gave.</param>
    public async Task<SessionResult> GetSessionAsync(string sessionToken, CancellationToken cancellationToken = default)
    {
        var reply = await _calls.CallAsync(SessionCall(HttpMethod.Post, sessionToken), cancellationToken).ConfigureAwait(false);
        var answer = reply.Read(ClientJson.Default.SessionAnswer);
        var status = reply.Status switch
        {
            200 when answer is { Valid: true, Identity: not null } => SessionStatus.Valid,
            200 when answer is { Valid: false } => SessionStatus.Invalid,
            _ => Refused(reply.Status),
        };
        return new SessionResult(status)
        {
            Identity = answer?.Identity,
            RetryAfter = reply.RetryAfter,
            Error = reply.Status == 200 ? null : reply.Error(),
        };
    }

    /// <summary>Ends a session, also where it has ended already.</summary>
    /// <param name="sessionToken">What <see cref="VerifyResult.SessionToken"/> gave.</param>
    /// <param name="cancellationToken">Ends the call; the session may have ended.</param>
    /// <returns><see cref="SessionStatus.Invalid"/> once the session is over.</returns>
    public async Task<SessionResult> EndSessionAsync(string sessionToken, CancellationToken cancellationToken = default)
    {
        var reply = await _calls.CallAsync(SessionCall(HttpMethod.Delete, sessionToken), cancellationToken).ConfigureAwait(false);
        return new SessionResult(reply.Status == 204 ? SessionStatus.Invalid : Refused(reply.Status))
        {
            RetryAfter = reply.RetryAfter,
            Error = reply.Status == 204 ? null : reply.Error(),
        };
    }

    public void Dispose() => _transport.Dispose();

    private static SessionStatus Refused(int status) => status switch
    {
        401 => SessionStatus.Unauthorized,
        403 => SessionStatus.Forbidden,
        413 or 415 or 422 => SessionStatus.InvalidRequest,
        _ => SessionStatus.Unavailable,
    };

    private static Call SessionCall(HttpMethod method, string sessionToken)
    {
        ArgumentNullException.ThrowIfNull(sessionToken);
        return Call.Json(method, $"{Customers}/session", new Bodies.SessionBody(sessionToken), ClientJson.Default.SessionBody);
    }
}
