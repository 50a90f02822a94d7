using Orleans.Concurrency;
using Otp.Storage;

namespace Otp.Members;

/// <summary>
/// Reads members' records from the storage, without their grains. A grain in memory would answer sooner than one that is not, which would
/// reveal who was looked up before. For the same reason a look-up by e-mail always reads two records (decision 9).
/// </summary>
[GrainType("member-directory")]
[StatelessWorker(MostAtOnce)]
public sealed class MemberDirectoryGrain(
    RecordStorage storage,
    MemberIndex index,
    MemberVault vault) : Grain, IMemberDirectoryGrain
{
    // Each activation serves one request at a time, which mostly waits for the storage.
    private const int MostAtOnce = 256;

    public Task<Member?> FindByRelationReference(string programId, string relationReference) =>
        Find(index.KeyFor(programId, relationReference));

    public async Task<Member?> FindByEmail(string programId, string email)
    {
        var key = index.EmailKeyFor(programId, email);
        var decoy = index.DecoyFor(programId, email);
        var claim = await Read(MemberEmailGrain.TypeName, key, MemberEmailState.Empty);
        var member = await Find(vault.OwnerOf(claim) ?? decoy);
        if (member?.Email != email)
        {
            return null;
        }

        if (vault.IsAged(claim.WrittenAt))
        {
            await GrainFactory.GetGrain<IMemberEmailGrain>(key).Renew();
        }

        return member;
    }

    private async Task<Member?> Find(string key)
    {
        var state = await Read(MemberGrain.TypeName, key, MemberState.Empty);
        var member = vault.Open(state, key);
        if (member is not null && vault.IsAged(state.WrittenAt))
        {
            await GrainFactory.GetGrain<IMemberGrain>(key).Renew();
        }

        return member;
    }

    private async Task<T> Read<T>(string grainType, string key, T empty)
        where T : class
    {
        var record = new StoredRecord<T>(storage, GrainId.Create(grainType, key), empty, vault.NeededUntil);
        await record.ReadAsync();
        return record.State;
    }
}
