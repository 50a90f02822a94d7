using Orleans.Otp.Storage;
using Orleans.Runtime;

namespace Orleans.Otp.Members;

/// <summary>Keeps one member, sealed; a record in use is written again before the storage would forget it.</summary>
[GrainType("member")]
public sealed class MemberGrain(
    [PersistentState("state", StorageNames.Members)] IPersistentState<MemberState> stored,
    MemberVault vault) : Grain, IMemberGrain
{
    private string Key => this.GetPrimaryKeyString();

    public async Task<Member?> Read()
    {
        var member = Open();
        if (member is not null && vault.IsAged(stored.State.WrittenAt))
        {
            await Write(member);
        }

        return member;
    }

    public async Task<Member?> Put(Member member)
    {
        var previous = Open();
        if (previous != member || vault.IsAged(stored.State.WrittenAt))
        {
            await Write(member);
        }

        return previous;
    }

    public async Task<Member?> Delete()
    {
        var previous = Open();
        await stored.RemoveAsync(this);
        return previous;
    }

    private Member? Open() => vault.Open(stored.State.Sealed, Key);

    private Task Write(Member member) =>
        stored.WriteAsync(this, new MemberState { Sealed = vault.Close(member, Key), WrittenAt = vault.Now });
}
