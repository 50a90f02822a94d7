namespace Otp.Members;

/// <summary>Which member of a program has an e-mail address: of two who want it, one gets it. <c>MemberIndex</c> makes the key.</summary>
/// <remarks>What it remembers counts only while that member says the same: an address whose member has another is free.</remarks>
[Alias("otp.IMemberEmailGrain")]
public interface IMemberEmailGrain : IGrainWithStringKey
{
    /// <summary>Gives the address to a member and puts the member, unless another member has it.</summary>
    [Alias("Assign")]
    Task<EmailAssignment> Assign(string memberKey, Member member);

    /// <summary>Forgets the owner if that member no longer has the address.</summary>
    [Alias("Release")]
    Task Release();

    /// <summary>Writes the record again if it is getting old, lest the storage forget an address that is asked for.</summary>
    [Alias("Renew")]
    Task Renew();
}

/// <summary>What came of the wish to have an e-mail address.</summary>
/// <param name="IsTaken">Another member has it; nothing was done.</param>
/// <param name="Previous">Who the member was before; null for nobody, or if nothing was done.</param>
[GenerateSerializer, Immutable, Alias("otp.EmailAssignment")]
public sealed record EmailAssignment([property: Id(0)] bool IsTaken, [property: Id(1)] Member? Previous);
