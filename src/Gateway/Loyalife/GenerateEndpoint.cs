using Otp.Gateway.Audit;
using Otp.Gateway.Auth;
using Otp.Gateway.Http;
using Otp.Gateway.Limits;
using Otp.Operations;
using Otp.Targets;

namespace Otp.Gateway.Loyalife;

/// <summary><c>POST …/Member/GenerateOTP</c> and <c>…/GenerateOTPByRelationReference</c>: sends a code to a member's registered channel.</summary>
internal sealed class GenerateEndpoint(
    GrainCall grainCall, Recipients recipients, OperationIndex operations, RateLimitHeaders rateLimit, CallerLimits limits)
{
    public async Task HandleAsync(HttpContext context, MemberLookup lookup)
    {
        rateLimit.SetPolicy(context.Response, Caller.ProgramOf(context), Purpose.None);
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
        {
            return;
        }

        body.Required(MemberFields.SourceAddress);
        body.Required(MemberFields.SourceCode);
        if (await MemberCall.ReadAsync(context, body, lookup) is not { } call)
        {
            return;
        }

        rateLimit.SetPolicy(context.Response, call.Program, call.Purpose);
        if (limits.CountSend(context, call.Program) is { } wait)
        {
            await WriteTooManyAsync(context, wait);
            return;
        }

        var recipient = await lookup.FindAsync(recipients, call.Program, call.Purpose, call.Reference);
        if (call.Scope is { } scope && scope.MemberKey != recipient.MemberKey)
        {
            await LoyalifeAnswer.WriteAsync(context, LoyalifeErrorCode.OutOfScope);
            return;
        }

        AuditRecord.About(context, recipient.GrainKey);
        var operation = call.IdempotencyKey is { } key ? operations.From(key, "GenerateOTP", call.Purpose.ToString(), call.Reference) : operations.New();
        var request = new SendRequest(recipient.Target, call.Purpose, operation, recipient.Locale, recipient.IsDiscreet);
        var outcome = await grainCall.InvokeAsync<ITargetGrain, SendOutcome>(recipient.GrainKey, (grain, attempt) => grain.Send(request with { Attempt = attempt }), hangUp: context.RequestAborted);
        AuditRecord.Ended(context, outcome.Status);
        RateLimitHeaders.SetUsage(context.Response, outcome.Limit);
        await AnswerAsync(context, outcome);
    }

    private static Task AnswerAsync(HttpContext context, SendOutcome outcome) => outcome.Status switch
    {
        SendStatus.Sent => LoyalifeAnswer.WriteDoneAsync(context),
        SendStatus.RateLimited or SendStatus.Locked => WriteTooManyAsync(context, outcome.RetryAfter),
        SendStatus.TargetNotAllowed => LoyalifeAnswer.WriteAsync(context, LoyalifeErrorCode.NotAllowed),
        SendStatus.DeliveryFailed => LoyalifeAnswer.WriteAsync(context, LoyalifeErrorCode.NotDelivered),
        SendStatus.OperationMismatch => LoyalifeAnswer.WriteAsync(context, LoyalifeErrorCode.KeyReused),
    };

    private static Task WriteTooManyAsync(HttpContext context, TimeSpan delay)
    {
        RetryAfter.Set(context.Response, delay);
        return LoyalifeAnswer.WriteAsync(context, LoyalifeErrorCode.TooMany);
    }
}
