using Otp.Members;
using Otp.Targets;

namespace Otp.Gateway.Admin;

/// <summary>A member as operators see it.</summary>
internal sealed record MemberAnswer(string RelationReference, string? Email, string? Phone, Channel Channel, string? Locale)
{
    public static MemberAnswer Of(Member member) => new(member.RelationReference, member.Email, member.Phone, member.Channel, member.Locale);

    /// <summary>Nothing of the person.</summary>
    public override string ToString() => nameof(MemberAnswer);
}
