using Otp.Members;
using Otp.Targets;

namespace Otp.Gateway.Admin;

/// <summary>A member as operators see it.</summary>
/// <param name="RelationReference">The program's own name for the member (CID).</param>
/// <param name="Email">The e-mail address, in lower case.</param>
/// <param name="Phone">The phone number, in E.164.</param>
/// <param name="Channel">Where codes go.</param>
/// <param name="Locale">The language tag of the messages; null leaves it to the program.</param>
internal sealed record MemberAnswer(string RelationReference, string? Email, string? Phone, Channel Channel, string? Locale)
{
    public static MemberAnswer Of(Member member) => new(member.RelationReference, member.Email, member.Phone, member.Channel, member.Locale);

    /// <summary>Nothing of the person.</summary>
    public override string ToString() => nameof(MemberAnswer);
}
