using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Otp.Operations;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Stateless;

/// <summary>Sends a code: parse, one script, deliver, answer.</summary>
internal sealed class SendEndpoint(
    TargetStore store,
    TargetIndex targets,
    OperationIndex operations,
    OneTimeCodes codes,
    CodeDigest digests,
    Inbox inbox,
    RandomNumberGenerator random,
    TimeProvider time,
    IOptions<OtpOptions> options)
{
    private readonly bool _exposeCodes = options.Value.ExposeCodes;

    public async Task HandleAsync(HttpContext context)
    {
        var program = ApiRequest.ProgramOf(context);
        var policy = program.PolicyFor(Purpose.None);
        context.Response.Headers["RateLimit-Policy"] = PolicyText.Of(policy);
        if (await JsonHttp.ReadAsync(context, ApiJson.Default.SendBody) is not { } body)
        {
            return;
        }

        if (!ApiRequest.IsTarget(body.Target)
            || ApiRequest.OperationOf(context.Request, operations, "send", nameof(Purpose.None)) is not { } operation)
        {
            await JsonHttp.RefuseAsync(context, "The request is not valid.");
            return;
        }

        if (!TargetParser.TryParse(body.Target, program.DefaultRegion, out var target))
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, new(false, null, "Invalid target format", null, null));
            return;
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var code = new LiveCode(
            Purpose.None, NewNonce(), codes.CurrentKeyId, policy.Length, now + (long)policy.Lifetime.TotalMilliseconds);
        var digits = codes.Derive(code, program.Id, target);
        var digest = digests.Of(program.Id, target, digits);
        var key = targets.KeyFor(program.Id, target);
        var reply = await store.SendAsync(program, key, operation, code.Nonce, digest, now, code.ExpiresAt);
        SetUsage(context.Response, reply, policy, now * TimeSpan.TicksPerMillisecond);
        switch (reply.Status)
        {
            case SendReplyStatus.Sent:
                // A repeat is not delivered again: to know whether the first was would take a second write for every send.
                if (reply.Repeated is { } nonce)
                {
                    digits = codes.Derive(code with { Nonce = nonce }, program.Id, target);
                }
                else
                {
                    inbox.Deliver(program, target, digits, policy.Lifetime);
                }

                await WriteAsync(
                    context,
                    StatusCodes.Status200OK,
                    new(true, "OTP sent successfully", null, ApiRequest.OtpType(target), _exposeCodes ? digits : null));
                break;
            case SendReplyStatus.RateLimited or SendReplyStatus.Locked:
                var wait = TimeSpan.FromTicks(reply.OpenFrom) - TimeSpan.FromMilliseconds(now);
                context.Response.Headers.RetryAfter = long.Max(1, Seconds(wait)).ToString(CultureInfo.InvariantCulture);
                await WriteAsync(
                    context,
                    StatusCodes.Status429TooManyRequests,
                    new(false, null, "Rate limit exceeded", ApiRequest.OtpType(target), null));
                break;
            case SendReplyStatus.OperationMismatch:
                await JsonHttp.RefuseAsync(context, "Idempotency-Key was already used with another payload");
                break;
        }
    }

    private static void SetUsage(HttpResponse response, SendReply reply, Policy policy, long now)
    {
        if (SendWindows.Tightest(reply.Sends, policy.Limits, now) is { } usage)
        {
            response.Headers["RateLimit"] =
                string.Create(CultureInfo.InvariantCulture, $"\"{usage.Window}\";r={usage.Remaining};t={Seconds(usage.Reset)}");
        }
    }

    private static long Seconds(TimeSpan span) => (span.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;

    private static Task WriteAsync(HttpContext context, int status, SendAnswer answer) =>
        JsonHttp.WriteAsync(context, status, answer, ApiJson.Default.SendAnswer);

    private Guid NewNonce()
    {
        Span<byte> bits = stackalloc byte[16];
        random.GetBytes(bits);
        return new Guid(bits);
    }
}
