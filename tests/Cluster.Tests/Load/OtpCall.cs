using System.Net;
using Otp.Client;

namespace Otp.Cluster.Load;

/// <summary>One call, which may be made more than once.</summary>
/// <param name="Kind">What it is, for statistics.</param>
/// <param name="MakeAsync">Makes it through a client, under an idempotency key.</param>
internal sealed record OtpCall(string Kind, Func<OtpClient, string, Task<OtpAnswer>> MakeAsync)
{
    public static OtpCall Send(string target) => new("send", async (client, key) =>
    {
        var result = await client.SendAsync(target, key);
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
        return new OtpAnswer(status, default, 1) { Code = result.MockCode, HasRetryAfter = result.RetryAfter > TimeSpan.Zero };
    });

    public static OtpCall Verify(string target, string code, string name = "Load") => new("verify", async (client, key) =>
    {
        var result = await client.VerifyAsync(target, code, name, key);
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

    public static OtpCall Session(string token) => new("session", async (client, _) =>
    {
        var result = await client.GetSessionAsync(token);
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

    // The service's own 503 says when to come again; a broken connection says nothing.
    private static HttpStatusCode Unavailable(TimeSpan? retryAfter) => retryAfter is null ? OtpAnswer.None : HttpStatusCode.ServiceUnavailable;
}
