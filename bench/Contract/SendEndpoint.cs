using System.Globalization;
using Microsoft.Extensions.Options;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Contract;

/// <summary>Sends a code: parse, ask the design, answer.</summary>
internal sealed class SendEndpoint(IOneTimeCodeService service, OperationIndex operations, IOptions<OtpOptions> options)
{
    private readonly bool _exposeCodes = options.Value.ExposeCodes;

    public async Task HandleAsync(HttpContext context)
    {
        var program = ApiRequest.ProgramOf(context);
        context.Response.Headers["RateLimit-Policy"] = PolicyText.Of(program.PolicyFor(Purpose.None));
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

        var result = await service.SendAsync(program, target, operation);
        SetUsage(context.Response, result.Usage);
        switch (result.Status)
        {
            case SendResultStatus.Sent:
                await WriteAsync(
                    context,
                    StatusCodes.Status200OK,
                    new(true, "OTP sent successfully", null, ApiRequest.OtpType(target), _exposeCodes ? result.Code : null));
                break;
            case SendResultStatus.Refused:
                context.Response.Headers.RetryAfter = long.Max(1, Seconds(result.RetryAfter)).ToString(CultureInfo.InvariantCulture);
                await WriteAsync(
                    context,
                    StatusCodes.Status429TooManyRequests,
                    new(false, null, "Rate limit exceeded", ApiRequest.OtpType(target), null));
                break;
            case SendResultStatus.OperationMismatch:
                await JsonHttp.RefuseAsync(context, "Idempotency-Key was already used with another payload");
                break;
        }
    }

    private static void SetUsage(HttpResponse response, WindowUsage? usage)
    {
        if (usage is not null)
        {
            response.Headers["RateLimit"] =
                string.Create(CultureInfo.InvariantCulture, $"\"{usage.Window}\";r={usage.Remaining};t={Seconds(usage.Reset)}");
        }
    }

    private static long Seconds(TimeSpan span) => (span.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;

    private static Task WriteAsync(HttpContext context, int status, SendAnswer answer) =>
        JsonHttp.WriteAsync(context, status, answer, ApiJson.Default.SendAnswer);
}
