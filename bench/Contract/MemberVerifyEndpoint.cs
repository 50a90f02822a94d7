using System.Globalization;
using Otp.Targets;

namespace Otp.Contract;

/// <summary>
/// Verifies a code that opens no session: looks for a member with the address, as the service does, and then asks the design.
/// </summary>
internal sealed class MemberVerifyEndpoint(IOneTimeCodeService service, OperationIndex operations)
{
    public async Task HandleAsync(HttpContext context)
    {
        if (await JsonHttp.ReadAsync(context, ApiJson.Default.MemberVerifyBody) is not { } body)
        {
            return;
        }

        var program = ApiRequest.ProgramOf(context);
        var length = program.PolicyFor(Purpose.None).Length;
        var code = body.Otp.ToString(CultureInfo.InvariantCulture).PadLeft(length, '0');
        if (code.Length > length
            || body.OtpType != "NONE"
            || body.ProgramId.ToString(CultureInfo.InvariantCulture) != program.Id
            || !ApiRequest.IsTarget(body.UniquerefId)
            || !TargetParser.TryParse(body.UniquerefId, program.DefaultRegion, out var target)
            || ApiRequest.OperationOf(context.Request, operations, "VerifyOTP", "NONE", body.UniquerefId, code) is not { } operation)
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, new(false, "999", "Bad request", null, 0));
            return;
        }

        if (await service.HasMemberAsync(program, target))
        {
            throw new NotSupportedException("The measurements have no members.");
        }

        var result = await service.VerifyAsync(program, target, code, operation);
        await (result.Status == VerifyResultStatus.Verified
            ? WriteAsync(context, StatusCodes.Status200OK, new(true, "000", "Success", true, 0))
            : WriteAsync(context, StatusCodes.Status400BadRequest, new(false, "E201", "Invalid or expired OTP", null, 0)));
    }

    private static Task WriteAsync(HttpContext context, int status, MemberResults results) =>
        JsonHttp.WriteAsync(context, status, new MemberAnswer(results), ApiJson.Default.MemberAnswer);
}
