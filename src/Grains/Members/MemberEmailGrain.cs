using Otp.Keys;
using Otp.Storage;

namespace Otp.Members;

/// <summary>
/// Records which member claims an e-mail address. The claim is written before the member, and the old address is released after it. A crash
/// between the two leaves a claim that its member does not confirm, which counts as none.
/// </summary>
[GrainType(TypeName)]
public sealed class MemberEmailGrain(RecordStorage storage, MemberIndex index, MemberVault vault) : Grain, IMemberEmailGrain
{
    public const string TypeName = "member-email";

    private StoredRecord<MemberEmailState> Record => field ??= new(storage, this.GetGrainId(), MemberEmailState.Empty, vault.NeededUntil);

    private string Key => this.GetPrimaryKeyString();

    private string Claimant => Record.State.Owner;

    private bool IsAged => vault.IsAged(Record.State.WrittenAt);

    public async Task<EmailAssignment> Assign(string memberKey, Member member)
    {
        do
        {
            if (Claimant != memberKey && await IsConfirmed())
            {
                return new EmailAssignment(IsTaken: true, Previous: null);
            }
        }
        while (!await Record.TryCommitAsync(Claimant == memberKey && !IsAged ? null : Claim(memberKey)));

        return new EmailAssignment(IsTaken: false, await Member(memberKey).Put(member));
    }

    public async Task Release()
    {
        await Record.ReadAsync();
        if (Record.RecordExists && !await IsConfirmed())
        {
            await Record.ClearAsync();
        }
    }

    public async Task Renew()
    {
        while (!await Record.TryCommitAsync(Claimant.Length > 0 && IsAged ? Claim(Claimant) : null))
        {
            // Another write came first, or the record was not read yet.
        }
    }

    private async Task<bool> IsConfirmed() =>
        Claimant.Length > 0
        && await Member(Claimant).Read() is { Email: { } email }
        && index.EmailKeyFor(GrainKeys.ScopeOf(Key).ToString(), email) == Key;

    private IMemberGrain Member(string key) => GrainFactory.GetGrain<IMemberGrain>(key);

    private MemberEmailState Claim(string owner) => new() { Owner = owner, WrittenAt = vault.Now };
}
