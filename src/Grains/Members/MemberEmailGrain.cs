using Orleans.Otp.Keys;
using Orleans.Otp.Storage;
using Orleans.Runtime;

namespace Orleans.Otp.Members;

/// <summary>
/// Keeps which member has an e-mail address. The claim is durable before the member is, and the old address is released after it: a crash
/// between leaves a claim that its member does not confirm, which counts as none.
/// </summary>
[GrainType("member-email")]
public sealed class MemberEmailGrain(
    [PersistentState("state", StorageNames.Members)] IPersistentState<MemberEmailState> stored,
    MemberIndex index,
    MemberVault vault) : Grain, IMemberEmailGrain
{
    private string Key => this.GetPrimaryKeyString();

    public async Task<string?> Owner()
    {
        var state = stored.State;
        if (state.Owner.Length == 0)
        {
            return null;
        }

        if (vault.IsAged(state.WrittenAt))
        {
            await Write(state.Owner);
        }

        return state.Owner;
    }

    public async Task<EmailAssignment> Assign(string memberKey, Member member)
    {
        var state = stored.State;
        if (state.Owner != memberKey)
        {
            if (await IsConfirmed())
            {
                return new EmailAssignment(IsTaken: true, Previous: null);
            }

            await Write(memberKey);
        }
        else if (vault.IsAged(state.WrittenAt))
        {
            await Write(memberKey);
        }

        return new EmailAssignment(IsTaken: false, await Member(memberKey).Put(member));
    }

    public async Task Release()
    {
        if (!await IsConfirmed())
        {
            await stored.RemoveAsync(this);
        }
    }

    private async Task<bool> IsConfirmed() =>
        stored.State.Owner.Length > 0
        && await Member(stored.State.Owner).Read() is { Email: { } email }
        && index.EmailKeyFor(HashedKey.ScopeOf(Key).ToString(), email) == Key;

    private IMemberGrain Member(string key) => GrainFactory.GetGrain<IMemberGrain>(key);

    private Task Write(string owner) =>
        stored.WriteAsync(this, new MemberEmailState { Owner = owner, WrittenAt = vault.Now });
}
