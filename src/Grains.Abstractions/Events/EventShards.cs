using Otp.Keys;
using Otp.Targets;

namespace Otp.Events;

/// <summary>Keys of a program's <see cref="IEventOutboxGrain"/>s, <c>{program}:{shard}</c>; the hash in a target's key gives its shard.</summary>
public static class EventShards
{
    /// <summary>How many shards each program has. Another number would lose what waits in the shards.</summary>
    public const int Count = 16;

    /// <summary>The keys of a program's shards.</summary>
    public static IEnumerable<string> Of(string programId) => Enumerable.Range(0, Count).Select(shard => Compose(programId, shard));

    /// <summary>The key of the shard of the target with this grain key.</summary>
    public static string KeyFor(string targetKey)
    {
        Span<byte> digest = stackalloc byte[GrainKeys.DigestSize];
        GrainKeys.CopyDigest(targetKey, digest);
        return Compose(TargetIndex.ProgramOf(targetKey), digest[0] % Count);
    }

    /// <summary>The program of a shard's key.</summary>
    public static string ProgramOf(string key) => key[..^2];

    private static string Compose(string programId, int shard) => $"{programId}:{shard:x}";
}
