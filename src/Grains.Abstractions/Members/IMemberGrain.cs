namespace Otp.Members;

/// <summary>One member of one program; the key is made by <c>MemberIndex</c>.</summary>
/// <remarks>It calls no other grain, so that a grain may call it in its turn.</remarks>
[Alias("otp.IMemberGrain")]
public interface IMemberGrain : IGrainWithStringKey
{
    /// <summary>Who it is; null if there is no such member.</summary>
    [Alias("Read")]
    Task<Member?> Read();

    /// <summary>Puts the member and returns the one before, or null. With an address, call <see cref="IMemberEmailGrain.Assign"/> instead.</summary>
    [Alias("Put")]
    Task<Member?> Put(Member member);

    /// <summary>Forgets the member, and gives back who it was; null for nobody.</summary>
    [Alias("Delete")]
    Task<Member?> Delete();

    /// <summary>Writes the record again if it is getting old, lest the storage forget a member who is asked for.</summary>
    [Alias("Renew")]
    Task Renew();
}
