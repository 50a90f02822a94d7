namespace Otp.Members;

/// <summary>Finds members. Whether there is one or not, and whoever asked before, it takes the same steps: nothing is kept in memory.</summary>
[Alias("otp.IMemberDirectoryGrain")]
public interface IMemberDirectoryGrain : IGrainWithStringKey
{
    /// <summary>The only key there is.</summary>
    const string Key = "members";

    /// <summary>The member of a program with this RelationReference; null for none.</summary>
    [Alias("FindByRelationReference")]
    Task<Member?> FindByRelationReference(string programId, string relationReference);

    /// <summary>The member of a program who has this canonical e-mail address; null for none.</summary>
    [Alias("FindByEmail")]
    Task<Member?> FindByEmail(string programId, string email);
}
