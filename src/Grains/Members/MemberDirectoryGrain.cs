using Orleans.Concurrency;
using Otp.Storage;

namespace Otp.Members;

/// <summary>
/// Reads members' records from the storage, without their grains: a grain in memory would answer sooner, which would reveal who was looked up
/// before. For the same reason a look-up by e-mail always reads two records (decision 9).
/// </summary>
[GrainType("member-directory")]
[StatelessWorker(MostAtOnce)]
public sealed class MemberDirectoryGrain(RecordStorage storage, MemberIndex index, MemberVault vault) : Grain, IMemberDirectoryGrain
{
    // Each activation serves one request at a time, which mostly waits for the storage.
    private const int MostAtOnce = 256;

    public async Task<Member?> FindByRelationReference(string programId, string relationReference)
    {
        var (member, isAged) = await Find(index.KeyFor(programId, relationReference));
        if (isAged && member!.Email is { } email)
        {
            // Otherwise the storage would forget whose the address is, and give it to the next who asks.
            await GrainFactory.GetGrain<IMemberEmailGrain>(index.EmailKeyFor(programId, email)).Renew();
        }

        return member;
    }

    public async Task<Member?> FindByEmail(string programId, string email)
    {
        var key = index.EmailKeyFor(programId, email);
        var decoy = index.DecoyFor(programId, email);
        var claim = await Read(MemberEmailGrain.TypeName, key, MemberEmailState.Empty);
        var (member, _) = await Find(vault.OwnerOf(claim) ?? decoy);

        // The member may have another alias of the mailbox. The key is computed also where there is no member: that takes as long.
        if (index.EmailKeyFor(programId, member?.Email ?? email) != key || member?.Email is null)
        {
            return null;
        }

        if (vault.IsAged(claim.WrittenAt))
        {
            await GrainFactory.GetGrain<IMemberEmailGrain>(key).Renew();
        }

        return member;
    }

    private async Task<(Member? Member, bool IsAged)> Find(string key)
    {
        var state = await Read(MemberGrain.TypeName, key, MemberState.Empty);
        var member = vault.Open(state, key);
        var isAged = member is not null && vault.IsAged(state.WrittenAt);
        if (isAged)
        {
            await GrainFactory.GetGrain<IMemberGrain>(key).Renew();
        }

        return (member, isAged);
    }

    private async Task<T> Read<T>(string grainType, string key, T empty)
        where T : class
    {
        var record = new StoredRecord<T>(storage, GrainId.Create(grainType, key), empty, vault.NeededUntil);
        await record.ReadAsync();
        return record.State;
    }
}
