using Otp.Storage;

namespace Otp.Members;

/// <summary>Stores one member, sealed.</summary>
[GrainType(TypeName)]
public sealed class MemberGrain(RecordStorage storage, MemberVault vault) : Grain, IMemberGrain
{
    public const string TypeName = "member";

    private StoredRecord<MemberState> _record = null!;

    private string Key => this.GetPrimaryKeyString();

    private bool IsAged => vault.IsAged(_record.State.WrittenAt);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _record = new StoredRecord<MemberState>(storage, this.GetGrainId(), MemberState.Empty, vault.NeededUntil);
        return Task.CompletedTask;
    }

    public async Task<Member?> Read()
    {
        await _record.EnsureCurrentAsync();
        return Open();
    }

    public async Task<Member?> Put(Member member)
    {
        Member? previous;
        do
        {
            previous = Open();
        }
        while (!await _record.TryCommitAsync(member == previous && !IsAged ? null : Close(member)));

        return previous;
    }

    public async Task<Member?> Delete()
    {
        await _record.ReadAsync();
        var previous = Open();
        if (_record.RecordExists)
        {
            await _record.ClearAsync();
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
        while (!await _record.TryCommitAsync(member is not null && IsAged ? Close(member) : null));
    }

    private Member? Open() => vault.Open(_record.State, Key);

    private MemberState Close(Member member) => vault.Close(member, Key);
}
