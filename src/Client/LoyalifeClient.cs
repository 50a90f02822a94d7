using System.Globalization;

namespace Otp.Client;

/// <summary>
/// Sends one-time codes to the members of a program and verifies them, by the Loyalife API. A code goes to the member's registered channel, in
/// the member's language. Make one and keep it, as an <see cref="OtpClient"/>; what is refused, or not answered, is a result here too.
/// </summary>
public sealed class LoyalifeClient : IDisposable
{
    private const string Root = "lbms-ingress";
    private const string Success = "000";
    private const string NotAllowed = "E206";
    private const string InvalidOtp = "E201";
    private const int Customer = 4;

    private readonly Transport _transport;
    private readonly TokenCalls _calls;
    private readonly long _programId;

    /// <summary>A client of one program.</summary>
    /// <param name="options">Where the service is and who calls it.</param>
    /// <param name="programId">The client's program.</param>
    /// <param name="handler">What makes the HTTP requests; not disposed. By default sockets.</param>
    /// <param name="time">The clock of time-outs and retries; by default the system's.</param>
    public LoyalifeClient(OtpClientOptions options, long programId, HttpMessageHandler? handler = null, TimeProvider? time = null)
    {
        _programId = programId;
        _transport = new Transport(options, handler, time);
        var token = new Bodies.LoyalifeTokenBody("client_credentials", options.ClientId, options.ClientSecret);
        _calls = new TokenCalls(
            _transport,
            Call.Json(HttpMethod.Post, $"{Root}/oauth/api/Auth/Token", token, ClientJson.Default.LoyalifeTokenBody),
            static reply => ResultsOf(reply)?.Token);
    }

    /// <summary>Sends a code to a member. Nothing tells whether there is one: for an unknown member the answer is the same.</summary>
    /// <param name="member">Who it is.</param>
    /// <param name="otpType">Why: one of the API's 24 purposes in its spelling, such as <c>LOGIN</c>.</param>
    /// <param name="sourceAddress">The end user's IP address, which limits count; by default this client's.</param>
    /// <param name="idempotencyKey">Names this send, as in <see cref="OtpClient.SendAsync"/>.</param>
    /// <param name="cancellationToken">Ends the call; the send may have happened.</param>
    /// <exception cref="ArgumentException">The key has no such form.</exception>
    public async Task<SendResult> SendAsync(
        LoyalifeMember member, string otpType, string? sourceAddress = null, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        var body = BodyOf(member, otpType) with { SourceAddress = sourceAddress };
        var (reply, error, key) = await CallAsync("GenerateOTP", member, body, idempotencyKey, cancellationToken).ConfigureAwait(false);
        var status = (reply.Status, error) switch
        {
            (200, Success) => SendStatus.Sent,
            (400, NotAllowed) => SendStatus.TargetRefused,
            (400 or 404 or 413 or 415 or 422, not null) => SendStatus.InvalidRequest,
            (401, _) => SendStatus.Unauthorized,
            (403, _) => SendStatus.Forbidden,
            (429, _) => SendStatus.Limited,
            (502, not null) => SendStatus.NotDelivered,
            _ => SendStatus.Unavailable,
        };
        return new SendResult(status, key)
        {
            RetryAfter = reply.RetryAfter,
            RateLimit = RateLimit.Parse(reply.RateLimit),
            Error = status == SendStatus.Sent ? null : reply.Error(),
        };
    }

    /// <summary>Verifies a code. A right one is used up.</summary>
    /// <param name="member">Whom the code was sent to.</param>
    /// <param name="code">The digits that the person typed; spaces and hyphens between them do not count.</param>
    /// <param name="otpType">The purpose that the code was sent for.</param>
    /// <param name="idempotencyKey">Names this verify, as in <see cref="OtpClient.SendAsync"/>.</param>
    /// <param name="cancellationToken">Ends the call; the verify may have happened.</param>
    /// <exception cref="ArgumentException">The key has no such form.</exception>
    public async Task<LoyalifeVerifyResult> VerifyAsync(
        LoyalifeMember member, string code, string otpType, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(code);

        // The API takes codes as integers.
        var digits = string.Concat(code.Where(static c => !char.IsWhiteSpace(c) && c is not '-'));
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return new LoyalifeVerifyResult(VerifyStatus.InvalidRequest, Call.KeyOrRandom(idempotencyKey)) { Error = "The code is no number." };
        }

        var body = BodyOf(member, otpType) with { Otp = number };
        var (reply, error, key) = await CallAsync("VerifyOTP", member, body, idempotencyKey, cancellationToken).ConfigureAwait(false);
        var status = (reply.Status, error) switch
        {
            (200, Success) => VerifyStatus.Verified,
            (400, InvalidOtp) => VerifyStatus.Refused,
            (400 or 404 or 413 or 415 or 422, not null) => VerifyStatus.InvalidRequest,
            (401, _) => VerifyStatus.Unauthorized,
            (403, _) => VerifyStatus.Forbidden,
            _ => VerifyStatus.Unavailable,
        };
        return new LoyalifeVerifyResult(status, key)
        {
            RetryAfter = reply.RetryAfter,
            Error = status == VerifyStatus.Verified ? null : reply.Error(),
        };
    }

    public void Dispose() => _transport.Dispose();

    private static Bodies.LoyalifeResults? ResultsOf(Reply reply) => reply.Read(ClientJson.Default.LoyalifeAnswer)?.Results;

    private Bodies.LoyalifeBody BodyOf(LoyalifeMember member, string otpType)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(otpType);
        return new Bodies.LoyalifeBody(member.Reference, otpType, _programId, Customer);
    }

    private async Task<(Reply Reply, string? ErrorCode, string Key)> CallAsync(
        string name, LoyalifeMember member, Bodies.LoyalifeBody body, string? idempotencyKey, CancellationToken ct)
    {
        var key = Call.KeyOrRandom(idempotencyKey);
        var call = Call.Json(HttpMethod.Post, $"{Root}/member/api/Member/{name}{member.CallSuffix}", body, ClientJson.Default.LoyalifeBody);
        var reply = await _calls.CallAsync(call with { IdempotencyKey = key }, ct).ConfigureAwait(false);
        return (reply, ResultsOf(reply)?.ErrorCode, key);
    }
}

/// <summary>Whom a call is about.</summary>
public sealed record LoyalifeMember
{
    private LoyalifeMember(string reference, string callSuffix)
    {
        ArgumentNullException.ThrowIfNull(reference);
        (Reference, CallSuffix) = (reference, callSuffix);
    }

    internal string Reference { get; }

    internal string CallSuffix { get; }

    /// <summary>The member with an e-mail address.</summary>
    public static LoyalifeMember WithEmail(string email) => new(email, callSuffix: "");

    /// <summary>The member with a RelationReference (CID).</summary>
    public static LoyalifeMember WithRelationReference(string relationReference) => new(relationReference, callSuffix: "ByRelationReference");

    /// <summary>Nothing of the person.</summary>
    public override string ToString() => nameof(LoyalifeMember);
}

/// <summary>The outcome of a verify by the Loyalife API, which opens no session.</summary>
/// <param name="IdempotencyKey">The key that it was made under.</param>
public sealed record LoyalifeVerifyResult(VerifyStatus Status, string IdempotencyKey) : OtpResult<VerifyStatus>(Status)
{
    /// <summary>Whether the person at the keyboard is the member.</summary>
    public bool IsVerified => Status == VerifyStatus.Verified;
}
