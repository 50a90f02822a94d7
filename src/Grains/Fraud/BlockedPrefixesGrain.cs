using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Otp.Storage;

namespace Otp.Fraud;

/// <summary>Keeps the list of a program's blocked prefixes. An <see cref="IPrefixGrain"/> adds itself before its block is durable.</summary>
[GrainType(TypeName)]
public sealed class BlockedPrefixesGrain(RecordStorage storage, TimeProvider time) : Grain, IBlockedPrefixesGrain
{
    public const string TypeName = "blocked-prefixes";

    private StoredRecord<BlockedPrefixesState> _record = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _record = new StoredRecord<BlockedPrefixesState>(storage, this.GetGrainId(), BlockedPrefixesState.Empty, static state => state.NeededUntil);
        return Task.CompletedTask;
    }

    public Task Add(BlockedPrefix blocked) => ChangeAsync(blocked.Prefix, blocked);

    public Task Remove(string prefix) => ChangeAsync(prefix, blocked: null);

    public async Task<ImmutableArray<BlockedPrefix>> List()
    {
        await _record.EnsureCurrentAsync();
        return [.. Blocked().Reverse()];
    }

    private async Task ChangeAsync(string prefix, BlockedPrefix? blocked)
    {
        BlockedPrefixesState next;
        do
        {
            List<BlockedPrefix> list = [.. Blocked().Where(other => other.Prefix != prefix)];
            if (blocked is not null)
            {
                list.Add(blocked);
            }

            next = new BlockedPrefixesState { Blocked = [.. list.TakeLast(IBlockedPrefixesGrain.MaxListed)] };
        }
        while (!await _record.TryCommitAsync(blocked is null && next.Blocked.Length == _record.State.Blocked.Length ? null : next));
    }

    private IEnumerable<BlockedPrefix> Blocked()
    {
        var now = time.GetUtcNow();
        return _record.State.Blocked.Where(blocked => blocked.BlockedUntil > now);
    }
}

/// <summary>The blocked prefixes of a program. Member names in storage never change.</summary>
public sealed record BlockedPrefixesState
{
    public static readonly BlockedPrefixesState Empty = new();

    /// <summary>The latest last.</summary>
    [JsonPropertyName("b")]
    public ImmutableArray<BlockedPrefix> Blocked { get; init; } = [];

    /// <summary>Until when one of them is blocked, in UTC ticks; 0 if none is.</summary>
    [JsonIgnore]
    public long NeededUntil => Blocked.Select(static blocked => blocked.BlockedUntil.UtcTicks).DefaultIfEmpty().Max();
}
