using Otp.Keys;
using Otp.Storage;

namespace Otp.Members;

/// <summary>
/// Records which member claims an e-mail address. The claim is written before the member, and the old address is released after it. A crash
/// between the two leaves a claim that its member does not confirm, which counts as none.
/// </summary>
[GrainType(TypeName)]
public sealed class MemberEmailGrain(
    RecordStorage storage,
    MemberIndex index,
    MemberVault vault) : Grain, IMemberEmailGrain
{
    public const string TypeName = "member-email";

    private StoredRecord<MemberEmailState> _record = null!;

    private string Key => this.GetPrimaryKeyString();

    private string Claimant => _record.State.Owner;

    private bool IsAged => vault.IsAged(_record.State.WrittenAt);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _record = new StoredRecord<MemberEmailState>(storage, this.GetGrainId(), MemberEmailState.Empty, vault.NeededUntil);
        return Task.CompletedTask;
    }

    public async Task<EmailAssignment> Assign(string memberKey, Member member)
    {
        do
        {
            if (Claimant != memberKey && await IsConfirmed())
            {
                return new EmailAssignment(IsTaken: true, Previous: null);
            }
        }
        while (!await _record.TryCommitAsync(Claimant == memberKey && !IsAged ? null : Claim(memberKey)));

        return new EmailAssignment(IsTaken: false, await Member(memberKey).Put(member));
    }

    public async Task Release()
    {
        await _record.ReadAsync();
        if (_record.RecordExists && !await IsConfirmed())
        {
            await _record.ClearAsync();
        }
    }

    public async Task Renew()
    {
        while (!await _record.TryCommitAsync(Claimant.Length > 0 && IsAged ? Claim(Claimant) : null))
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
