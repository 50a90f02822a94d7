using System.Globalization;
using Otp.Operations;
using Otp.Targets;
using Orleans.Redis;

namespace Otp.Stateless;

/// <summary>
/// Verifies a code that opens no session: looks for a member with the address, as the service does, in two reads; then one script.
/// </summary>
internal sealed class MemberVerifyEndpoint(
    TargetStore store, RedisClient redis, TargetIndex targets, OperationIndex operations, CodeDigest digests, TimeProvider time)
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

        var key = targets.KeyFor(program.Id, target);
        var owner = await redis.ExecuteAsync("GET", "stateless:member-email:" + key);
        var member = await redis.ExecuteAsync("GET", "stateless:member:" + (owner.AsText() ?? key));
        if (member.Bytes is not null)
        {
            throw new NotSupportedException("The measurements have no members.");
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var reply = await store.VerifyAsync(program, key, operation, digests.Of(program.Id, target, code), now);
        await (reply.Status == VerifyReplyStatus.Verified
            ? WriteAsync(context, StatusCodes.Status200OK, new(true, "000", "Success", true, 0))
            : WriteAsync(context, StatusCodes.Status400BadRequest, new(false, "E201", "Invalid or expired OTP", null, 0)));
    }

    private static Task WriteAsync(HttpContext context, int status, MemberResults results) =>
        JsonHttp.WriteAsync(context, status, new MemberAnswer(results), ApiJson.Default.MemberAnswer);
}
