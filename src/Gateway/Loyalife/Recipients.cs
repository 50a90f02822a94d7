using Otp.Members;

namespace Otp.Gateway.Loyalife;

/// <summary>
/// Finds the target of a member. An unknown member gets a decoy target, after the same steps as for a known one, so that neither the answer
/// nor its time tells who is registered.
/// </summary>
/// <remarks>
/// When the policy allows a member no codes, the call gets a decoy too: a refusal would tell that the member is registered.
/// </remarks>
internal sealed class Recipients(GrainCall grainCall, MemberIndex members, TargetIndex targets, TimeProvider time)
{
    /// <summary>Whom a RelationReference names.</summary>
    public async Task<Recipient> FindByRelationReferenceAsync(OtpProgram program, Purpose purpose, string reference)
    {
        var member = await FindAsync(directory => directory.FindByRelationReference(program.Id, reference));
        var key = members.KeyFor(program.Id, reference);
        if (Registered(program, purpose, key, member) is { } recipient)
        {
            return recipient;
        }

        // Where the reference is the member's address, as it often is, both calls of a registered member share one target.
        var email = TargetParser.TryParse(reference, defaultRegion: null, out var target) && target.Channel == Channel.Email ? target : null;
        return Decoy(program, purpose, email is null ? key : program.MailboxOf(email).Value, key);
    }

    /// <summary>Whom an e-mail address names.</summary>
    public async Task<Recipient> FindByEmailAsync(OtpProgram program, Purpose purpose, Target email)
    {
        var member = await FindAsync(directory => directory.FindByEmail(program.Id, email.Value));
        var key = members.KeyFor(program.Id, member?.RelationReference ?? email.Value);
        if (Registered(program, purpose, key, member) is { } recipient)
        {
            return recipient with { IsDiscreet = !program.AllowUnregistered };
        }

        return program.AllowUnregistered && member is null
            ? new Recipient(targets.KeyFor(program, email), email, MemberKey: null, IsDiscreet: false)
            : Decoy(program, purpose, program.MailboxOf(email).Value, memberKey: null);
    }

    private Task<Member?> FindAsync(Func<IMemberDirectoryGrain, Task<Member?>> find) => grainCall.InvokeAsync(IMemberDirectoryGrain.Key, find);

    private Recipient? Registered(OtpProgram program, Purpose purpose, string key, Member? member) =>
        member?.TargetOn(ChannelOf(program, purpose, member.Channel)) is { } target && program.Allows(target, purpose, time.GetUtcNow().UtcTicks)
            ? new Recipient(targets.KeyFor(program, target), target, key, IsDiscreet: true, member.Locale)
            : null;

    private Recipient Decoy(OtpProgram program, Purpose purpose, string value, string? memberKey) =>
        new(targets.DecoyFor(program.Id, value), new Target(ChannelOf(program, purpose, Channel.Email), value), memberKey, IsDiscreet: true);

    /// <summary>The channel that the policy demands, or else the member's own.</summary>
    private static Channel ChannelOf(OtpProgram program, Purpose purpose, Channel own) => program.PolicyFor(purpose).Channel switch
    {
        ChannelRule.Any => own,
        ChannelRule.Email => Channel.Email,
        ChannelRule.Phone => Channel.Phone,
    };
}
