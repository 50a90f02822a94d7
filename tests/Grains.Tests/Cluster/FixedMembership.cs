using System.Collections.Immutable;
using System.Net;

namespace Otp.Grains.Tests.Cluster;

/// <summary>A membership that a test sets.</summary>
internal sealed class FixedMembership : IClusterMembershipService, IServiceProvider
{
    private long _version;

    public FixedMembership(params SiloAddress[] active) => Set(active);

    public ClusterMembershipSnapshot CurrentSnapshot { get; private set; } = null!;

    public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => throw new NotSupportedException();

    public static SiloAddress Silo(int number) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11_111 + number), 100 + number);

    public void Set(params SiloAddress[] active) => Set([.. active.Select(silo => (silo, silo.ToString()))]);

    public void Set(params (SiloAddress Address, string Name)[] active) => CurrentSnapshot = new ClusterMembershipSnapshot(
        active.ToImmutableDictionary(silo => silo.Address, silo => new ClusterMember(silo.Address, SiloStatus.Active, silo.Name)),
        new MembershipVersion(++_version));

    public ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default) => default;

    public Task<bool> TryKill(SiloAddress siloAddress) => throw new NotSupportedException();

    public object? GetService(Type serviceType) => serviceType == typeof(IClusterMembershipService) ? this : null;
}
