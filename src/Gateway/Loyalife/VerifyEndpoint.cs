using System.Globalization;
using Otp.Gateway.Audit;
using Otp.Gateway.Http;
using Otp.Operations;
using Otp.Targets;

namespace Otp.Gateway.Loyalife;

/// <summary><c>POST …/Member/VerifyOTP</c> and <c>…/VerifyOTPByRelationReference</c>: whether a code is the one that was sent.</summary>
internal sealed class VerifyEndpoint(GrainCall grainCall, Recipients recipients, OperationIndex operations)
{
    public async Task HandleAsync(HttpContext context, MemberLookup lookup)
    {
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
        {
            return;
        }

        var number = body.Required(MemberFields.Otp);
        body.Required(MemberFields.DestinationAddress);
        body.Required(MemberFields.Destination);
        if (await MemberCall.ReadAsync(context, body, lookup) is not { } call)
        {
            return;
        }

        // An integer has no leading zeros: the code has.
        var length = call.Program.PolicyFor(call.Purpose).Length;
        var code = number.ToString(CultureInfo.InvariantCulture).PadLeft(length, '0');
        if (code.Length > length)
        {
            await LoyalifeAnswer.WriteMalformedAsync(context, $"{MemberFields.Otp.Name}: Input should have at most {length} digits");
            return;
        }

        var recipient = await lookup.FindAsync(recipients, call.Program, call.Purpose, call.Reference);
        if (call.Scope is { } scope && scope.MemberKey != recipient.MemberKey)
        {
            await LoyalifeAnswer.WriteAsync(context, LoyalifeErrorCode.OutOfScope);
            return;
        }

        AuditRecord.About(context, recipient.GrainKey);
        var operation = call.IdempotencyKey is { } key ? operations.From(key, "VerifyOTP", call.Purpose.ToString(), call.Reference, code) : operations.New();
        var request = new VerifyRequest(recipient.Target, call.Purpose, code, operation, recipient.IsDiscreet);
        var outcome = await grainCall.InvokeAsync<ITargetGrain, VerifyOutcome>(recipient.GrainKey, (grain, attempt) => grain.Verify(request with { Attempt = attempt }), hangUp: context.RequestAborted);
        AuditRecord.Ended(context, outcome.Status);
        await (outcome.Status switch
        {
            VerifyStatus.Verified => LoyalifeAnswer.WriteDoneAsync(context),
            VerifyStatus.WrongCode or VerifyStatus.NoCode or VerifyStatus.AttemptsExhausted or VerifyStatus.Locked =>
                LoyalifeAnswer.WriteAsync(context, LoyalifeErrorCode.InvalidOtp),
            VerifyStatus.OperationMismatch => LoyalifeAnswer.WriteAsync(context, LoyalifeErrorCode.KeyReused),
        });
    }
}
