using Otp.Storage;

namespace Otp.Members;

/// <summary>Stores one member, sealed.</summary>
[GrainType(TypeName)]
public sealed class MemberGrain(RecordStorage storage, MemberVault vault) : Grain, IMemberGrain
{
    public const string TypeName = "member";

    private StoredRecord<MemberState> Record => field ??= new(storage, this.GetGrainId(), MemberState.Empty, vault.NeededUntil);

    private string Key => this.GetPrimaryKeyString();

    private bool IsAged => vault.IsAged(Record.State.WrittenAt);

    public async Task<Member?> Read()
    {
        await Record.EnsureCurrentAsync();
        return Open();
    }

    public async Task<Member?> Put(Member member)
    {
        Member? previous;
        do
        {
            previous = Open();
        }
        while (!await Record.TryCommitAsync(member == previous && !IsAged ? null : Close(member)));

        return previous;
    }

    public async Task<Member?> Delete()
    {
        await Record.ReadAsync();
        var previous = Open();
        if (Record.RecordExists)
        {
            await Record.ClearAsync();
        }

        return previous;
    }

    public async Task Renew()
    {
        Member? member;
        do
        {
            member = Open();
        }
        while (!await Record.TryCommitAsync(member is not null && IsAged ? Close(member) : null));
    }

    private Member? Open() => vault.Open(Record.State, Key);

    private MemberState Close(Member member) => vault.Close(member, Key);
}
