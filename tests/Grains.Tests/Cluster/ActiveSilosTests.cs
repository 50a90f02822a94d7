using Otp.Hosting.Cluster.Placement;

namespace Otp.Grains.Tests.Cluster;

/// <summary>Where targets are, and which of them move.</summary>
public sealed class ActiveSilosTests
{
    private const int Targets = 100_000;

    private static readonly GrainId[] Grains = [.. Enumerable.Range(0, Targets).Select(i => GrainId.Create("target", $"19:{i}"))];

    private readonly FixedMembership _membership = new([.. Enumerable.Range(0, 4).Select(FixedMembership.Silo)]);
    private readonly ActiveSilos _silos;

    public ActiveSilosTests() => _silos = new ActiveSilos(_membership);

    [Fact]
    public void Targets_are_spread_evenly()
    {
        var shares = Owners().CountBy(owner => owner).Select(share => share.Value).ToList();

        Assert.Equal(4, shares.Count);
        Assert.All(shares, share => Assert.InRange(share, Targets / 4 * 0.9, Targets / 4 * 1.1));
    }

    [Fact]
    public void Silo_that_joins_takes_its_share_and_nothing_else_moves()
    {
        var before = Owners();
        _membership.Set([.. Enumerable.Range(0, 5).Select(FixedMembership.Silo)]);

        var moved = Owners().Zip(before).Where(owner => !owner.First.Equals(owner.Second)).ToList();

        Assert.All(moved, owner => Assert.Equal(FixedMembership.Silo(4), owner.First));
        Assert.InRange(moved.Count, Targets / 5 * 0.9, Targets / 5 * 1.1);
    }

    [Fact]
    public void Silo_that_leaves_gives_up_its_share_and_nothing_else_moves()
    {
        var before = Owners();
        _membership.Set([.. Enumerable.Range(0, 3).Select(FixedMembership.Silo)]);

        var moved = Owners().Zip(before).Where(owner => !owner.First.Equals(owner.Second)).ToList();

        Assert.All(moved, owner => Assert.Equal(FixedMembership.Silo(3), owner.Second));
        Assert.InRange(moved.Count, Targets / 4 * 0.9, Targets / 4 * 1.1);
    }

    [Fact]
    public void No_target_is_on_a_gateway_that_is_a_member_of_the_cluster()
    {
        var before = Owners();
        _membership.Set([.. Enumerable.Range(0, 6).Select(i => (FixedMembership.Silo(i), i < 4 ? $"silo-{i}" : $"gateway-{i}"))]);

        Assert.Equal(before, Owners());
    }

    [Fact]
    public void Without_an_active_silo_nobody_owns_a_target()
    {
        _membership.Set(Array.Empty<SiloAddress>());

        Assert.Null(_silos.OwnerOf(Grains[0]));
    }

    private SiloAddress[] Owners() => [.. Grains.Select(grain => _silos.OwnerOf(grain)!)];
}
