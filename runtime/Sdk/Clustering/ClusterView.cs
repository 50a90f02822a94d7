using System.Collections.Immutable;
using System.Text;

namespace Orleans.Runtime;

/// <summary>The members of the cluster at one version of the membership table, and with them the place of every grain.</summary>
/// <remarks>
/// A grain's owner is the silo whose hash together with the grain's is highest (rendezvous hashing): whoever has the same view finds
/// the same owner without asking, and a silo that comes or goes moves only the grains that become or were its own.
/// </remarks>
internal sealed class ClusterView
{
    private readonly ClusterMember[] _owners;
    private readonly ulong[] _hashes;

    internal ClusterView(long version, IEnumerable<ClusterMember> members)
    {
        Version = version;
        Members = [.. members.OrderBy(static member => member.Silo.ToString(), StringComparer.Ordinal)];
        _owners = [.. Members.Where(static member => member.State == MemberState.Active)];
        _hashes = [.. _owners.Select(static member => StableHash.Compute64(Encoding.UTF8.GetBytes(member.Silo.ToString())))];
    }

    /// <summary>Before anything is known: no member.</summary>
    internal static ClusterView Empty { get; } = new(0, []);

    /// <summary>Grows with every change of the table.</summary>
    internal long Version { get; }

    /// <summary>All members, those without grains too, in the order of their addresses.</summary>
    internal ImmutableArray<ClusterMember> Members { get; }

    /// <summary>The member that a grain lives on; null if no member takes grains.</summary>
    internal ClusterMember? Owner(GrainId grain)
    {
        if (_owners.Length <= 1)
        {
            return _owners.Length == 0 ? null : _owners[0];
        }

        var hash = ((ulong)grain.Type.Value.GetUniformHashCode() << 32) | grain.Key.GetUniformHashCode();
        var best = 0;
        var highest = 0UL;
        for (var i = 0; i < _hashes.Length; i++)
        {
            var weight = StableHash.Mix(hash ^ _hashes[i]);
            if (weight > highest)
            {
                highest = weight;
                best = i;
            }
        }

        return _owners[best];
    }

    internal ClusterMember? Find(SiloAddress silo) => Members.FirstOrDefault(member => member.Silo.Equals(silo));
}
