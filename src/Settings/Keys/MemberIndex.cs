using Otp.Keys;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Members;

/// <summary>The grain keys of a program's members and of their e-mail addresses, which show neither (<see cref="GrainKeys"/>).</summary>
public sealed class MemberIndex(ServiceKeys keys, ProgramCatalog programs)
{
    // No RelationReference begins with a control character.
    private const string DecoyMark = "\0";

    private readonly KeyedHash _references = new(keys.MemberReference);
    private readonly KeyedHash _emails = new(keys.MemberEmail);

    /// <summary>The key of the <see cref="IMemberGrain"/> with this RelationReference.</summary>
    public string KeyFor(string programId, string relationReference) => GrainKeys.Compose(programId, _references, relationReference);

    /// <summary>The key of the <see cref="IMemberEmailGrain"/> of this canonical address: one for all aliases of a mailbox.</summary>
    /// <exception cref="Faults.UnknownProgramException">This process' settings do not name the program.</exception>
    public string EmailKeyFor(string programId, string email) =>
        GrainKeys.Compose(programId, _emails, programs.Current.Get(programId).MailboxOf(new Target(Channel.Email, email)).Value);

    /// <summary>The key of an <see cref="IMemberGrain"/> that never has a member. A look-up takes as long as one of a registered address.</summary>
    public string DecoyFor(string programId, string email) => GrainKeys.Compose(programId, _references, DecoyMark + email);
}
