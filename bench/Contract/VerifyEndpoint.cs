using Otp.Targets;

namespace Otp.Contract;

/// <summary>Verifies a code: parse, ask the design; if it is right, the customer and the session.</summary>
internal sealed class VerifyEndpoint(IOneTimeCodeService service, OperationIndex operations)
{
    public async Task HandleAsync(HttpContext context)
    {
        if (await JsonHttp.ReadAsync(context, ApiJson.Default.VerifyBody) is not { } body)
        {
            return;
        }

        var program = ApiRequest.ProgramOf(context);
        if (!ApiRequest.IsTarget(body.Target)
            || body.Code is not { } code
            || code.Length != program.PolicyFor(Purpose.None).Length
            || code.AsSpan().ContainsAnyExceptInRange('0', '9')
            || body.Name is { Length: > 255 }
            || ApiRequest.OperationOf(context.Request, operations, "verify", nameof(Purpose.None), code, body.Name) is not { } operation)
        {
            await JsonHttp.RefuseAsync(context, "The request is not valid.");
            return;
        }

        if (!TargetParser.TryParse(body.Target, program.DefaultRegion, out var target))
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, new(false, "Invalid target format", null, null, null, null));
            return;
        }

        var result = await service.VerifyAsync(program, target, code, operation);
        switch (result.Status)
        {
            case VerifyResultStatus.Verified:
                var session = await service.SignInAsync(program, target, result.Proof!, body.Name);
                context.Response.Headers.CacheControl = "no-store";
                await WriteAsync(
                    context,
                    StatusCodes.Status200OK,
                    new(true, null, target.Value, ApiRequest.OtpType(target), session.Token, session.Identity));
                break;
            case VerifyResultStatus.Refused:
                await WriteAsync(
                    context, StatusCodes.Status400BadRequest, new(false, "Invalid or expired code", null, null, null, null));
                break;
            case VerifyResultStatus.OperationMismatch:
                await JsonHttp.RefuseAsync(context, "Idempotency-Key was already used with another payload");
                break;
        }
    }

    private static Task WriteAsync(HttpContext context, int status, VerifyAnswer answer) =>
        JsonHttp.WriteAsync(context, status, answer, ApiJson.Default.VerifyAnswer);
}
