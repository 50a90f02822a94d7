namespace Otp.Gateway.Flow;

/// <summary>Whom a call is about.</summary>
/// <param name="GrainKey">The target's grain, or that of a decoy.</param>
/// <param name="Target">Where the code goes; for a decoy nowhere.</param>
/// <param name="MemberKey">The member that a RelationReference names, whether there is one or not, or that has the address; null for none.</param>
/// <param name="IsDiscreet">Whether nobody may be able to tell if the member is registered.</param>
/// <param name="Locale">The language of the message, or several by preference (<see cref="SendRequest.Locale"/>); null leaves it to the program.</param>
internal sealed record Recipient(string GrainKey, Target Target, string? MemberKey, bool IsDiscreet, string? Locale = null)
{
    /// <summary>Nothing of the person.</summary>
    public override string ToString() => nameof(Recipient);
}
