namespace Otp.Gateway.Admin;

/// <summary><c>POST /admin/targets/…</c>: what is remembered of an address, and how to mend it. The address is in the body, never in a URL.</summary>
internal sealed class TargetEndpoints(GrainCall grainCall, TargetIndex targets)
{
    public const string InvalidTarget = "Invalid target format";

    public static readonly TextField TargetField = new("target") { MinLength = 1, MaxLength = TargetParser.MaxTextLength };

    public Task InspectAsync(HttpContext context) => HandleAsync(context, async (target, key) =>
    {
        var report = await grainCall.InvokeAsync<ITargetGrain, TargetReport>(key, grain => grain.Inspect(), hangUp: context.RequestAborted);
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, TargetReportAnswer.Of(target.Channel, report));
    });

    public Task UnlockAsync(HttpContext context) => HandleAsync(context, async (_, key) =>
    {
        var wasLocked = await grainCall.InvokeAsync<ITargetGrain, bool>(key, grain => grain.Unlock(), isRepeatable: false, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, new UnlockAnswer(wasLocked));
    });

    /// <summary>
    /// Forgets everything: the target with its customer and sessions, and the decoy that stood in for it while nobody was registered with it.
    /// A member who has the address is not forgotten: <see cref="MemberEndpoints.DeleteAsync"/> does that.
    /// </summary>
    public Task EraseAsync(HttpContext context) => HandleAsync(context, async (target, key) =>
    {
        await grainCall.InvokeAsync<ITargetGrain>(key, grain => grain.Erase(), hangUp: context.RequestAborted);
        await grainCall.InvokeAsync<ITargetGrain>(targets.DecoyFor(Caller.ProgramOf(context), target), grain => grain.Erase(), hangUp: context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    });

    private async Task HandleAsync(HttpContext context, Func<Target, string, Task> act)
    {
        var text = "";
        if (!await JsonBody.TryReadAsync(context, body => text = body.Required(TargetField)))
        {
            return;
        }

        var program = Caller.ProgramOf(context);
        if (!TargetParser.TryParse(text, program.DefaultRegion, out var target))
        {
            await Detail.WriteAsync(context, StatusCodes.Status400BadRequest, InvalidTarget);
            return;
        }

        var key = targets.KeyFor(program, target);
        AuditRecord.Of(context)?.GrainKey = key;
        await act(target, key);
    }
}
