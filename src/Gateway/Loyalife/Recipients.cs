using Orleans.Otp.Gateway.Http;
using Orleans.Otp.Members;
using Orleans.Otp.Programs;
using Orleans.Otp.Targets;

namespace Orleans.Otp.Gateway.Loyalife;

/// <summary>
/// Finds the target of a member. Whoever is not registered gets a decoy, after the same steps as for a member, so that neither an answer
/// nor the time it takes tells who is registered.
/// </summary>
internal sealed class Recipients(GrainCall grainCall, MemberIndex members, TargetIndex targets)
{
    /// <summary>Whom a RelationReference names.</summary>
    public async Task<Recipient> FindByRelationReferenceAsync(OtpProgram program, string reference)
    {
        var member = await FindAsync(directory => directory.FindByRelationReference(program.Id, reference));
        var key = members.KeyFor(program.Id, reference);
        if (Registered(program, key, member) is { } recipient)
        {
            return recipient;
        }

        // Where the reference is the member's address, as it often is, both calls of a registered member share one target.
        var email = TargetParser.TryParse(reference, defaultRegion: null, out var target) && target.Channel == Channel.Email ? target : null;
        return Decoy(program, email ?? new Target(Channel.Email, key), key);
    }

    /// <summary>Whom an e-mail address names.</summary>
    public async Task<Recipient> FindByEmailAsync(OtpProgram program, Target email)
    {
        var member = await FindAsync(directory => directory.FindByEmail(program.Id, email.Value));
        var key = members.KeyFor(program.Id, member?.RelationReference ?? email.Value);
        if (Registered(program, key, member) is { } recipient)
        {
            return recipient;
        }

        return program.AllowUnregistered
            ? new Recipient(targets.KeyFor(program.Id, email), email, MemberKey: null)
            : Decoy(program, email, memberKey: null);
    }

    private Task<Member?> FindAsync(Func<IMemberDirectoryGrain, Task<Member?>> find) => grainCall.InvokeAsync(IMemberDirectoryGrain.Key, find);

    private Recipient? Registered(OtpProgram program, string key, Member? member) =>
        member?.TargetOn(member.Channel) is { } target
            ? new Recipient(targets.KeyFor(program.Id, target), target, key, member.Locale)
            : null;

    private Recipient Decoy(OtpProgram program, Target target, string? memberKey) =>
        new(targets.DecoyFor(program.Id, target.Value), target, memberKey);
}
