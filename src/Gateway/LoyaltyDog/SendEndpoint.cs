using Otp.Gateway.Audit;
using Otp.Gateway.Auth;
using Otp.Gateway.Http;
using Otp.Gateway.Limits;
using Otp.Operations;
using Otp.Targets;

namespace Otp.Gateway.LoyaltyDog;

/// <summary><c>POST /v2/giftcards/customers/otp/send</c>: sends a code to an e-mail address or a phone number.</summary>
internal sealed class SendEndpoint(
    GrainCall grainCall,
    TargetIndex targets,
    OperationIndex operations,
    RateLimitHeaders rateLimit,
    CallerLimits limits)
{
    private static readonly TextField TargetField = new("target") { MinLength = 1, MaxLength = 255 };

    public async Task HandleAsync(HttpContext context)
    {
        var program = Caller.ProgramOf(context);
        rateLimit.SetPolicy(context.Response, program, Purpose.None);
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
        {
            return;
        }

        var text = body.Required(TargetField);
        if (!body.IsValid)
        {
            await body.WriteErrorsAsync(context);
            return;
        }

        if (!IdempotencyKey.TryRead(context.Request, out var key))
        {
            await IdempotencyKey.WriteMalformedAsync(context);
            return;
        }

        if (!TargetParser.TryParse(text, program.DefaultRegion, out var target))
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, SendAnswer.Refused(Errors.InvalidTarget));
            return;
        }

        if (limits.CountSend(context, program) is { } wait)
        {
            await WriteTooManyAsync(context, target.Channel, wait);
            return;
        }

        var grainKey = targets.KeyFor(program.Id, target);
        AuditRecord.About(context, grainKey);
        var operation = key is null ? operations.New() : operations.From(key, "send", nameof(Purpose.None));
        var request = new SendRequest(target, Purpose.None, operation);
        var outcome = await grainCall.InvokeAsync<ITargetGrain, SendOutcome>(grainKey, (grain, attempt) => grain.Send(request with { Attempt = attempt }), hangUp: context.RequestAborted);
        AuditRecord.Ended(context, outcome.Status);
        RateLimitHeaders.SetUsage(context.Response, outcome.Limit);
        await AnswerAsync(context, target.Channel, outcome);
    }

    private static Task AnswerAsync(HttpContext context, Channel channel, SendOutcome outcome) => outcome.Status switch
    {
        SendStatus.Sent => WriteAsync(context, StatusCodes.Status200OK, SendAnswer.Sent(channel, outcome.Code)),
        SendStatus.RateLimited or SendStatus.Locked => WriteTooManyAsync(context, channel, outcome.RetryAfter),
        SendStatus.TargetNotAllowed => WriteAsync(context, StatusCodes.Status400BadRequest, SendAnswer.Refused(Errors.TargetNotAllowed, channel)),
        SendStatus.DeliveryFailed => Detail.WriteAsync(context, StatusCodes.Status502BadGateway, Errors.DeliveryFailed),
        SendStatus.OperationMismatch => IdempotencyKey.WriteReusedAsync(context),
    };

    private static Task WriteTooManyAsync(HttpContext context, Channel? channel, TimeSpan delay)
    {
        RetryAfter.Set(context.Response, delay);
        return WriteAsync(context, StatusCodes.Status429TooManyRequests, SendAnswer.Refused(Errors.RateLimited, channel));
    }

    private static Task WriteAsync(HttpContext context, int status, SendAnswer answer) =>
        JsonAnswer.WriteAsync(context, status, answer, LoyaltyDogJson.Answers.SendAnswer);
}
