using System.Collections.Concurrent;
using Otp.Customers;
using Otp.Gateway.Audit;
using Otp.Gateway.Auth;
using Otp.Gateway.Http;
using Otp.Operations;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Gateway.LoyaltyDog;

/// <summary><c>POST /v2/giftcards/customers/otp/verify</c>: a right code opens the customer's session.</summary>
internal sealed class VerifyEndpoint(GrainCall grainCall, TargetIndex targets, OperationIndex operations)
{
    private static readonly TextField TargetField = new("target") { MinLength = 1, MaxLength = 255 };
    private static readonly TextField NameField = new("name") { MaxLength = 255 };

    private readonly ConcurrentDictionary<int, TextField> _codeFields = new();

    public async Task HandleAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
        {
            return;
        }

        var program = Caller.ProgramOf(context);
        var text = body.Required(TargetField);
        var code = body.Required(CodeField(program));
        var name = body.Optional(NameField);
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
            await WriteAsync(context, StatusCodes.Status400BadRequest, VerifyAnswer.Refused(Errors.InvalidTarget));
            return;
        }

        var grainKey = targets.KeyFor(program.Id, target);
        AuditRecord.About(context, grainKey);
        var operation = key is null ? operations.New() : operations.From(key, "verify", nameof(Purpose.None), code, name);
        var request = new VerifyRequest(target, Purpose.None, code, operation);
        var outcome = await grainCall.InvokeAsync<ITargetGrain, VerifyOutcome>(grainKey, (grain, attempt) => grain.Verify(request with { Attempt = attempt }), hangUp: context.RequestAborted);
        AuditRecord.Ended(context, outcome.Status);
        await (outcome.Status switch
        {
            VerifyStatus.Verified => SignInAsync(context, grainKey, new SignInRequest(target, outcome.Verified!, name)),
            VerifyStatus.WrongCode or VerifyStatus.NoCode or VerifyStatus.AttemptsExhausted or VerifyStatus.Locked =>
                WriteAsync(context, StatusCodes.Status400BadRequest, VerifyAnswer.Refused(Errors.InvalidCode)),
            VerifyStatus.OperationMismatch => IdempotencyKey.WriteReusedAsync(context),
        });
    }

    private async Task SignInAsync(HttpContext context, string grainKey, SignInRequest request)
    {
        var signIn = await grainCall.InvokeAsync<ICustomerGrain, SignInResult>(grainKey, grain => grain.SignIn(request), hangUp: context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        await WriteAsync(context, StatusCodes.Status200OK, VerifyAnswer.Verified(request.Target, signIn));
    }

    private TextField CodeField(OtpProgram program) =>
        _codeFields.GetOrAdd(program.PolicyFor(Purpose.None).Length, static digits => new TextField("code") { Digits = digits });

    private static Task WriteAsync(HttpContext context, int status, VerifyAnswer answer) =>
        JsonAnswer.WriteAsync(context, status, answer, LoyaltyDogJson.Answers.VerifyAnswer);
}
