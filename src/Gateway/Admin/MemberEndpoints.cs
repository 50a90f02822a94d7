using Microsoft.AspNetCore.Http.Features;
using Otp.Members;

namespace Otp.Gateway.Admin;

/// <summary><c>PUT|GET|DELETE /admin/members/{relationReference}</c>: the people whom a program knows.</summary>
internal sealed class MemberEndpoints(GrainCall grainCall, MemberIndex members)
{
    public const string MalformedReference = "relationReference must be 1 to 255 characters, none of them a control";
    public const string NotFound = "Member not found";
    public const string EmailTaken = "The e-mail address belongs to another member";

    /// <summary>Creates or replaces a member: 201 or 200, or 409 if another member has the e-mail address.</summary>
    public Task PutAsync(HttpContext context) => HandleAsync(context, async (key, reference) =>
    {
        Member? member = null;
        if (!await JsonBody.TryReadAsync(context, body => member = MemberBody.Read(body, reference, Caller.ProgramOf(context).DefaultRegion)))
        {
            return;
        }

        var before = await ReadAsync(context, key);
        var assignment = await PutAsync(context, key, member!);
        if (assignment.IsTaken)
        {
            await Detail.WriteAsync(context, StatusCodes.Status409Conflict, EmailTaken);
            return;
        }

        await ReleaseAsync(context, before, assignment.Previous, member!.Email);
        var status = assignment.Previous is null ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        await WriteAsync(context, status, member);
    });

    public Task GetAsync(HttpContext context) => HandleAsync(context, async (key, _) =>
    {
        var member = await ReadAsync(context, key);
        await (member is null
            ? Detail.WriteAsync(context, StatusCodes.Status404NotFound, NotFound)
            : WriteAsync(context, StatusCodes.Status200OK, member));
    });

    /// <summary>Forgets a member; it is no error if there is none. What is remembered of its addresses stays: erase does that.</summary>
    public Task DeleteAsync(HttpContext context) => HandleAsync(context, async (key, _) =>
    {
        var before = await ReadAsync(context, key);
        var previous = await grainCall.InvokeAsync<IMemberGrain, Member?>(key, grain => grain.Delete(), isRepeatable: false, context.RequestAborted);
        await ReleaseAsync(context, before, previous, kept: null);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    });

    private Task<Member?> ReadAsync(HttpContext context, string key) =>
        grainCall.InvokeAsync<IMemberGrain, Member?>(key, grain => grain.Read(), hangUp: context.RequestAborted);

    private async Task<EmailAssignment> PutAsync(HttpContext context, string key, Member member)
    {
        if (member.Email is null)
        {
            return new EmailAssignment(IsTaken: false, await grainCall.InvokeAsync<IMemberGrain, Member?>(key, grain => grain.Put(member), isRepeatable: false, context.RequestAborted));
        }

        var emailKey = members.EmailKeyFor(Caller.ProgramOf(context).Id, member.Email);
        return await grainCall.InvokeAsync<IMemberEmailGrain, EmailAssignment>(emailKey, grain => grain.Assign(key, member), isRepeatable: false, context.RequestAborted);
    }

    // The old address already counts as free; this removes its record. A call that was lost and made again finds the new member as the
    // previous one, so that who the member was before the call is looked at too.
    private async Task ReleaseAsync(HttpContext context, Member? before, Member? previous, string? kept)
    {
        foreach (var email in new[] { before?.Email, previous?.Email }.OfType<string>().Where(email => email != kept).Distinct(StringComparer.Ordinal))
        {
            await grainCall.InvokeAsync<IMemberEmailGrain>(
                members.EmailKeyFor(Caller.ProgramOf(context).Id, email), grain => grain.Release(), hangUp: context.RequestAborted);
        }
    }

    private async Task HandleAsync(HttpContext context, Func<string, string, Task> act)
    {
        if (ReadReference(context) is not { } reference)
        {
            await Detail.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, MalformedReference);
            return;
        }

        var key = members.KeyFor(Caller.ProgramOf(context).Id, reference);
        AuditRecord.Of(context)?.GrainKey = key;
        await act(key, reference);
    }

    // Reads the raw request target: routing does not decode %2F, so the route value cannot tell it from %252F.
    private static string? ReadReference(HttpContext context)
    {
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.AsSpan();
        var query = path.IndexOf('?');
        path = (query < 0 ? path : path[..query]).TrimEnd('/');
        return RelationReference.Parse(Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]));
    }

    private static Task WriteAsync(HttpContext context, int status, Member member) =>
        JsonAnswer.WriteAsync(context, status, member);
}
