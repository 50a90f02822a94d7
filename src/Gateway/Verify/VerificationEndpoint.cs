using Otp.Verifications;

namespace Otp.Gateway.Verify;

/// <summary><c>GET</c> and <c>POST /v2/Services/{VA…}/Verifications/{SID or target}</c>: what has become of a verification, and its end.</summary>
internal sealed class VerificationEndpoint(GrainCall grainCall, VerificationDirectory directory, OperationIndex operations)
{
    /// <summary>Tells what has become of a verification.</summary>
    public async Task FetchAsync(HttpContext context)
    {
        if (await FindAsync(context) is { } found)
        {
            await WriteAsync(context, found, VerificationStatus.Of(found.Report));
        }
    }

    /// <summary>Cancels a verification, or approves it for a caller who has compared the code itself.</summary>
    public async Task UpdateAsync(HttpContext context)
    {
        var status = "";
        if (!await JsonBody.TryReadAsync(context, body => status = body.Required(VerifyFields.Status), isForm: true))
        {
            return;
        }

        if (IdempotencyKey.Of(context.Request) is not { } key)
        {
            await VerifyError.WriteAsync(context, VerifyErrorCode.InvalidKey);
            return;
        }

        if (await FindAsync(context, key.Value is { } name ? operations.From(name).Id : null) is not { } found)
        {
            return;
        }

        var sid = found.Report.Sid;
        var operation = key.Value is { } named ? operations.From(named, "update verification", sid, status) : Operation.New();
        var end = new VerificationEnd(sid, status == VerificationStatus.Approved, operation, found.Target);
        var outcome = await grainCall.InvokeAsync<ITargetGrain, VerifyStatus>(
            found.TargetKey, grain => grain.EndVerification(end), hangUp: context.RequestAborted);
        await (outcome switch
        {
            VerifyStatus.Verified => WriteAsync(context, found, status),
            VerifyStatus.OperationMismatch => VerifyError.WriteAsync(context, VerifyErrorCode.KeyReused),
            _ => WriteNotFoundAsync(context, sid),
        });
    }

    private static Task WriteNotFoundAsync(HttpContext context, string? sid) =>
        VerifyError.WriteNotFoundAsync(context, sid is null ? "Verifications" : $"Verifications/{sid}");

    private static Task WriteAsync(HttpContext context, FoundVerification found, string status)
    {
        AuditRecord.Of(context)?.Outcome = status;
        var answer = VerificationAnswer.Of(context, found.Report, found.Target, status);
        return JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, answer);
    }

    /// <summary>
    /// The verification in the path, or the one there that an operation has ended before; null if there is none, which has been answered.
    /// </summary>
    private async Task<FoundVerification?> FindAsync(HttpContext context, Guid? operation = null)
    {
        var text = (string)context.GetRouteValue(VerifyEndpoints.SidParameter)!;
        var isSid = VerificationIndex.TryReadSid(text, out var sid);
        Target? target = null;
        FoundVerification? found = null;
        if (isSid || TargetParser.TryParse(text, Caller.ProgramOf(context).DefaultRegion, out target))
        {
            found = operation is { } id ? await directory.FindEndedAsync(context, isSid ? sid : null, target, id) : null;
            found ??= await (target is null ? directory.FindAsync(context, sid!) : directory.FindAsync(context, target));
        }

        if (found is null)
        {
            await WriteNotFoundAsync(context, isSid ? sid : null);
        }

        return found;
    }
}
