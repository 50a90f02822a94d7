using Microsoft.Extensions.Options;
using Otp.Gateway.Limits;
using Otp.Telemetry;

namespace Otp.Gateway.Flow;

/// <summary>The one way of a send and of a verify through the gateway, whatever the surface.</summary>
internal sealed class OtpFlow(GrainCall grainCall, OperationIndex operations, RateLimitHeaders rateLimit, CallerLimits limits, IOptions<OtpOptions> options)
{
    private readonly bool _exposesCodes = options.Value.ExposeCodes;

    public async Task SendAsync<TCall>(HttpContext context, TCall call)
        where TCall : OtpCall, ISend
    {
        var program = Caller.ProgramOf(context);
        rateLimit.SetPolicy(context.Response, program, Purpose.None);
        if (await ReadAsync(context, call) is not { } key)
        {
            return;
        }

        if (call.Purpose != Purpose.None)
        {
            rateLimit.SetPolicy(context.Response, program, call.Purpose);
        }

        if (limits.CountSend(context, program, call.EndUser) is { } wait)
        {
            await RefuseAsync(context, call, wait, Refusal.CallerLimited);
            return;
        }

        if (await FindAsync(context, call) is not { } recipient)
        {
            return;
        }

        // Only now: what a token is not allowed to ask for takes nothing from its program.
        if (limits.CountSend(program) is { } programWait)
        {
            await RefuseAsync(context, call, programWait, Refusal.CallerLimited);
            return;
        }

        var request = new SendRequest(
            recipient.Target, call.Purpose, OperationOf(call, key), recipient.Locale, recipient.IsDiscreet, Verification: call.Verification);
        var outcome = await grainCall.InvokeAsync<ITargetGrain, SendOutcome>(
            recipient.GrainKey, (grain, attempt) => grain.Send(request with { Attempt = attempt }), hangUp: context.RequestAborted);
        AuditRecord.Of(context)?.Outcome = TagValues.Of(outcome.Status);
        RateLimitHeaders.SetUsage(context.Response, outcome.Limit);
        await (outcome.Status switch
        {
            SendStatus.Sent => call.AnswerAsync(_exposesCodes ? outcome.Code : null, outcome.Verification),
            SendStatus.RateLimited when outcome.Limit?.Window == Policy.GapName => RefuseAsync(context, call, outcome.RetryAfter, Refusal.TooSoon),
            SendStatus.RateLimited or SendStatus.Locked => RefuseAsync(context, call, outcome.RetryAfter, Refusal.RateLimited),
            SendStatus.TargetNotAllowed => call.RefuseAsync(Refusal.TargetNotAllowed),
            SendStatus.PrefixBlocked => call.RefuseAsync(Refusal.PrefixBlocked),
            SendStatus.Undeliverable => call.RefuseAsync(Refusal.Undeliverable),
            SendStatus.DeliveryFailed => call.RefuseAsync(Refusal.DeliveryFailed),
            SendStatus.OperationMismatch => call.RefuseAsync(Refusal.ReusedKey),
        });
    }

    public async Task VerifyAsync<TCall>(HttpContext context, TCall call)
        where TCall : OtpCall, IVerify
    {
        if (await ReadAsync(context, call) is not { } key || await FindAsync(context, call) is not { } recipient)
        {
            return;
        }

        var request = new VerifyRequest(
            recipient.Target, call.Purpose, call.Code, OperationOf(call, key), recipient.IsDiscreet, SignIn: call.SignIn, Verification: call.Verification);
        var outcome = await grainCall.InvokeAsync<ITargetGrain, VerifyOutcome>(
            recipient.GrainKey, (grain, attempt) => grain.Verify(request with { Attempt = attempt }), hangUp: context.RequestAborted);
        AuditRecord.Of(context)?.Outcome = TagValues.Of(outcome.Status);
        await (outcome.Status switch
        {
            VerifyStatus.Verified => call.AnswerAsync(outcome),
            VerifyStatus.WrongCode or VerifyStatus.NoCode or VerifyStatus.AttemptsExhausted or VerifyStatus.Locked => call.RefuseGuessAsync(outcome),
            VerifyStatus.OperationMismatch => call.RefuseAsync(Refusal.ReusedKey),
        });
    }

    /// <summary>Reads and checks the call; null: it is at fault, and has been answered.</summary>
    private static async ValueTask<IdempotencyKey?> ReadAsync(HttpContext context, OtpCall call)
    {
        if (!await JsonBody.TryReadAsync(context, call.Read, call.TakesForm))
        {
            return null;
        }

        var key = IdempotencyKey.Of(context.Request);
        if ((key is null ? Refusal.MalformedKey : call.Check()) is { } refusal)
        {
            await call.RefuseAsync(refusal);
            return null;
        }

        return key;
    }

    private static async ValueTask<Recipient?> FindAsync(HttpContext context, OtpCall call)
    {
        if (await call.FindAsync() is not { } recipient)
        {
            await call.RefuseAsync(Refusal.OutOfScope);
            return null;
        }

        AuditRecord.Of(context)?.GrainKey = recipient.GrainKey;
        return recipient;
    }

    private Operation OperationOf(OtpCall call, IdempotencyKey key) =>
        key.Value is { } named ? operations.From(named, [call.Name, call.Purpose.ToString(), .. call.Payload]) : Operation.New();

    private static Task RefuseAsync(HttpContext context, OtpCall call, TimeSpan wait, Refusal refusal)
    {
        RetryAfter.Set(context.Response, wait);
        return call.RefuseAsync(refusal);
    }
}
