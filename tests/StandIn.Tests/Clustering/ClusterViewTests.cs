using System.Net;

namespace Orleans.StandIn.Clustering;

public sealed class ClusterViewTests
{
    private const int Grains = 100_000;

    private static readonly ClusterMember[] Four = [.. Enumerable.Range(0, 4).Select(static i => Member(i))];

    [Fact]
    public void Grains_are_spread_evenly()
    {
        var counts = Owners(new ClusterView(1, Four)).CountBy(static owner => owner);

        Assert.Equal(4, counts.Count());
        Assert.All(counts, static silo => Assert.InRange(silo.Value, Grains / 4 * 0.9, Grains / 4 * 1.1));
    }

    [Fact]
    public void Grains_move_only_from_a_silo_that_goes_and_only_to_one_that_comes()
    {
        var four = Owners(new ClusterView(1, Four));
        var three = Owners(new ClusterView(2, Four[..3]));

        Assert.All(four.Zip(three), static moved => Assert.True(moved.First == moved.Second || moved.First == Four[3]));
        Assert.InRange(four.Zip(three).Count(static moved => moved.First != moved.Second), Grains / 4 * 0.9, Grains / 4 * 1.1);
    }

    [Fact]
    public void The_order_in_which_members_are_listed_makes_no_difference() =>
        Assert.Equal(Owners(new ClusterView(1, Four)), Owners(new ClusterView(1, Four.Reverse())));

    [Fact]
    public void A_silo_that_leaves_owns_nothing_but_is_still_a_member()
    {
        var view = new ClusterView(1, [Four[0] with { State = MemberState.Leaving }, Four[1]]);

        Assert.All(Owners(view), static owner => Assert.Equal(Four[1], owner));
        Assert.NotNull(view.Find(Four[0].Silo));
        Assert.Null(new ClusterView(2, [Four[0] with { State = MemberState.Leaving }]).Owner(GrainId.Create("target", "key")));
    }

    private static ClusterMember[] Owners(ClusterView view) =>
        [.. Enumerable.Range(0, Grains).Select(i => view.Owner(GrainId.Create("target", $"key-{i}"))!)];

    private static ClusterMember Member(int i) =>
        new(SiloAddress.New(IPAddress.Loopback, 11111 + i, 1000), new(IPAddress.Loopback, 30000 + i), $"Silo_{i}");
}
