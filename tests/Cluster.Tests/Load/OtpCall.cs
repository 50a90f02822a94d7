using System.Net;
using Otp.Client;

namespace Otp.Cluster.Load;

/// <summary>One call, which may be made more than once.</summary>
/// <param name="Kind">What it is, for statistics.</param>
/// <param name="MakeAsync">Makes it through a gateway's clients, under an idempotency key.</param>
internal sealed record OtpCall(string Kind, Func<GatewayClients, string, Task<OtpAnswer>> MakeAsync)
{
    public static OtpCall Send(string target) => new("send", async (clients, key) =>
    {
        var result = await clients.Otp.SendAsync(target, key);
        return AnswerOf(result) with { Code = result.MockCode };
    });

    /// <summary>Sends a code by the Verify surface, which tells no codes: so the caller brings its own.</summary>
    public static OtpCall Start(string target, string code) => new("start", async (clients, key) =>
    {
        var result = await clients.Verify.SendAsync(target, VerificationChannel.Email, key, customCode: code);
        return AnswerOf(result) with { Code = result.IsSent ? code : null, VerificationSid = result.VerificationSid };
    });

    /// <summary>Guesses by the Verify surface.</summary>
    public static OtpCall Check(string target, string code) => new("check", async (clients, key) =>
    {
        var result = await clients.Verify.CheckAsync(target, code, key);
        var status = result.Status switch
        {
            VerificationStatus.Approved => HttpStatusCode.OK,
            VerificationStatus.Pending or VerificationStatus.MaxAttemptsReached or VerificationStatus.NotFound => HttpStatusCode.BadRequest,
            VerificationStatus.Canceled or VerificationStatus.InvalidRequest => HttpStatusCode.UnprocessableEntity,
            VerificationStatus.Unauthorized => HttpStatusCode.Unauthorized,
            VerificationStatus.Forbidden => HttpStatusCode.Forbidden,
            VerificationStatus.Unavailable => Unavailable(result.RetryAfter),
        };
        return new OtpAnswer(status, default, 1)
        {
            Target = result.To,
            VerificationSid = result.Sid,
            IsCompared = result.Status is VerificationStatus.Approved or VerificationStatus.Pending,
        };
    });

    public static OtpCall Verify(string target, string code, string name = "Load") => new("verify", async (clients, key) =>
    {
        var result = await clients.Otp.VerifyAsync(target, code, name, key);
        var status = result.Status switch
        {
            VerifyStatus.Verified => HttpStatusCode.OK,
            VerifyStatus.Refused => HttpStatusCode.BadRequest,
            VerifyStatus.InvalidRequest => HttpStatusCode.UnprocessableEntity,
            VerifyStatus.Unauthorized => HttpStatusCode.Unauthorized,
            VerifyStatus.Forbidden => HttpStatusCode.Forbidden,
            VerifyStatus.Unavailable => Unavailable(result.RetryAfter),
        };
        return new OtpAnswer(status, default, 1) { Target = result.VerifiedTarget, SessionToken = result.SessionToken, CustomerId = result.Identity?.Id };
    });

    public static OtpCall Session(string token) => new("session", async (clients, _) =>
    {
        var result = await clients.Otp.GetSessionAsync(token);
        var status = result.Status switch
        {
            SessionStatus.Valid or SessionStatus.Invalid => HttpStatusCode.OK,
            SessionStatus.InvalidRequest => HttpStatusCode.UnprocessableEntity,
            SessionStatus.Unauthorized => HttpStatusCode.Unauthorized,
            SessionStatus.Forbidden => HttpStatusCode.Forbidden,
            SessionStatus.Unavailable => Unavailable(result.RetryAfter),
        };
        return new OtpAnswer(status, default, 1) { IsValid = result.IsValid, CustomerId = result.Identity?.Id };
    });

    private static OtpAnswer AnswerOf(SendResult result)
    {
        var status = result.Status switch
        {
            SendStatus.Sent => HttpStatusCode.OK,
            SendStatus.TargetRefused => HttpStatusCode.BadRequest,
            SendStatus.Limited => HttpStatusCode.TooManyRequests,
            SendStatus.NotDelivered => HttpStatusCode.BadGateway,
            SendStatus.InvalidRequest => HttpStatusCode.UnprocessableEntity,
            SendStatus.Unauthorized => HttpStatusCode.Unauthorized,
            SendStatus.Forbidden => HttpStatusCode.Forbidden,
            SendStatus.Unavailable => Unavailable(result.RetryAfter),
        };
        return new OtpAnswer(status, default, 1) { HasRetryAfter = result.RetryAfter > TimeSpan.Zero };
    }

    // The service's own 503 says when to come again; a broken connection says nothing.
    private static HttpStatusCode Unavailable(TimeSpan? retryAfter) => retryAfter is null ? OtpAnswer.None : HttpStatusCode.ServiceUnavailable;
}

/// <summary>How one program's clients call one gateway.</summary>
/// <param name="Otp">By the LoyaltyDog surface.</param>
/// <param name="Verify">By the Verify surface.</param>
internal sealed record GatewayClients(OtpClient Otp, VerifyClient Verify) : IDisposable
{
    public void Dispose()
    {
        Otp.Dispose();
        Verify.Dispose();
    }
}
