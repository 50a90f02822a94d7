namespace Otp.Hosting.Cluster.Placement;

/// <summary>Computes which active silo owns a grain (rendezvous hashing): if one of <c>n</c> joins or leaves, one grain in <c>n</c> moves.</summary>
/// <param name="services">Resolves the membership service, which Orleans creates after this class.</param>
public sealed class ActiveSilos(IServiceProvider services)
{
    private View _view = new(MembershipVersion.MinValue, [], []);

    private IClusterMembershipService Membership => field ??= services.GetRequiredService<IClusterMembershipService>();

    /// <summary>The grain's silo; null if no silo is active.</summary>
    public SiloAddress? OwnerOf(GrainId grain) => Current().OwnerOf(grain);

    internal GrainAddress? AddressOf(GrainId grain)
    {
        var view = Current();
        return view.OwnerOf(grain) is { } owner
            ? new GrainAddress { GrainId = grain, SiloAddress = owner, MembershipVersion = view.Version }
            : null;
    }

    private View Current()
    {
        var snapshot = Membership.CurrentSnapshot;
        var view = _view;
        return view.Version == snapshot.Version ? view : _view = View.Of(snapshot);
    }

    private sealed record View(MembershipVersion Version, SiloAddress[] Silos, ulong[] Hashes)
    {
        public static View Of(ClusterMembershipSnapshot snapshot)
        {
            var silos = snapshot.Members.Values.Where(m => m.Status == SiloStatus.Active && !MemberGateway.IsName(m.Name)).Select(m => m.SiloAddress).Order().ToArray();
            return new View(snapshot.Version, silos, [.. silos.Select(silo => Mix((uint)silo.GetConsistentHashCode()))]);
        }

        public SiloAddress? OwnerOf(GrainId grain)
        {
            if (Silos.Length <= 1)
            {
                return Silos.Length == 0 ? null : Silos[0];
            }

            var hash = Mix(grain.GetUniformHashCode());
            var best = 0;
            ulong highest = 0;
            for (var i = 0; i < Hashes.Length; i++)
            {
                var score = Mix(hash ^ Hashes[i]);
                if (score >= highest)
                {
                    (best, highest) = (i, score);
                }
            }

            return Silos[best];
        }

        // The finalizer of SplitMix64: each bit of the input changes about half of the output bits.
        private static ulong Mix(ulong value)
        {
            value += 0x9E3779B97F4A7C15;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
