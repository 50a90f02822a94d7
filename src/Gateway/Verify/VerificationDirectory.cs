using Otp.Verifications;

namespace Otp.Gateway.Verify;

/// <summary>Finds verifications by their SID or by their target, and sees to it that a SID that is handed out leads somewhere.</summary>
internal sealed class VerificationDirectory(GrainCall grainCall, VerificationIndex index, TargetIndex targets)
{
    /// <summary>The grain key of a target of the caller's program.</summary>
    public string KeyOf(HttpContext context, Target target) => targets.KeyFor(Caller.ProgramOf(context), target);

    /// <summary>The live verification with a SID; null if there is none.</summary>
    public async Task<FoundVerification?> FindAsync(HttpContext context, string sid)
    {
        var key = await TargetKeyOfAsync(context, sid);
        return key is null ? null : await FindAsync(context, key, sid);
    }

    /// <summary>The live verification of a target; null if there is none.</summary>
    public async Task<FoundVerification?> FindAsync(HttpContext context, Target target)
    {
        var found = await FindAsync(context, KeyOf(context, target), sid: null);
        if (found is not null)
        {
            await RememberAsync(context, found.TargetKey, found.Report);
        }

        return found;
    }

    /// <summary>The verification that an operation has ended before; null if it has ended none.</summary>
    /// <param name="context">The request.</param>
    /// <param name="sid">The verification's SID; null where <paramref name="target"/> names it.</param>
    /// <param name="target">The target; null where the SID names it.</param>
    /// <param name="operation">The operation's id.</param>
    public async Task<FoundVerification?> FindEndedAsync(HttpContext context, string? sid, Target? target, Guid operation)
    {
        var key = target is not null ? KeyOf(context, target) : await TargetKeyOfAsync(context, sid!);
        if (key is null)
        {
            return null;
        }

        AuditRecord.Of(context)?.GrainKey = key;
        var report = await grainCall.InvokeAsync<ITargetGrain, VerificationReport?>(key, grain => grain.FindEnded(operation), hangUp: context.RequestAborted);
        return report is null || (sid is not null && report.Sid != sid) ? null : new FoundVerification(key, report);
    }

    /// <summary>Stores which target the SID leads to. A caller gets the SID only after that.</summary>
    public Task RememberAsync(HttpContext context, string targetKey, VerificationReport report) => grainCall.InvokeAsync<IVerificationGrain>(
        GrainKeyOf(context, report.Sid), grain => grain.Remember(targetKey, report.ExpiresAt), hangUp: context.RequestAborted);

    private async Task<FoundVerification?> FindAsync(HttpContext context, string targetKey, string? sid)
    {
        AuditRecord.Of(context)?.GrainKey = targetKey;
        var report = await grainCall.InvokeAsync<ITargetGrain, VerificationReport?>(
            targetKey, grain => grain.FindVerification(sid), hangUp: context.RequestAborted);
        return report is null ? null : new FoundVerification(targetKey, report);
    }

    private Task<string?> TargetKeyOfAsync(HttpContext context, string sid) =>
        grainCall.InvokeAsync<IVerificationGrain, string?>(GrainKeyOf(context, sid), grain => grain.Find(), hangUp: context.RequestAborted);

    private string GrainKeyOf(HttpContext context, string sid) => index.KeyFor(Caller.ProgramOf(context).Id, sid);
}

/// <summary>A live verification.</summary>
/// <param name="TargetKey">The key of its target's grain.</param>
/// <param name="Report">What is known of it.</param>
internal sealed record FoundVerification(string TargetKey, VerificationReport Report)
{
    public Target Target => Report.Recipient!;
}
