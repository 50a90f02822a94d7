using System.Net;

namespace Orleans.StandIn.Moves;

public sealed class ClaimTests
{
    private static readonly GrainId[] Grains = [.. Enumerable.Range(0, 300).Select(static i => GrainId.Create("page", $"key-{i}"))];

    [Fact]
    public void Whoever_has_given_up_what_the_view_gives_to_others_has_no_claim()
    {
        var view = new ClusterView(5, [Member(1), Member(2, since: 5)]);

        var claim = Claim.Of(Member(1).Silo, new(5, []), view)!;

        Assert.DoesNotContain(Grains, claim.Holds);
    }

    [Fact]
    public void A_silo_that_has_not_heard_of_a_newer_one_claims_what_was_its_own()
    {
        var view = new ClusterView(5, [Member(1), Member(2), Member(3, since: 5)]);
        var before = new ClusterView(4, [Member(1), Member(2)]);

        var claim = Claim.Of(Member(1).Silo, new(4, []), view)!;

        Assert.Equal(Grains.Where(grain => before.Owner(grain) == Member(1)), Grains.Where(claim.Holds));
    }

    [Fact]
    public void A_silo_that_leaves_claims_what_was_its_own_and_nothing_that_was_somebody_elses()
    {
        var view = new ClusterView(5, [Member(1, since: 5) with { State = MemberState.Leaving }, Member(2)]);
        var before = new ClusterView(4, [Member(1), Member(2)]);

        var claim = Claim.Of(Member(1).Silo, new(4, []), view)!;

        Assert.Equal(Grains.Where(grain => before.Owner(grain) == Member(1)), Grains.Where(claim.Holds));
    }

    [Fact]
    public void A_grain_whose_last_turn_runs_is_still_claimed()
    {
        var view = new ClusterView(5, [Member(1), Member(2)]);

        var claim = Claim.Of(Member(1).Silo, new(5, [Grains[7].GetUniformHashCode()]), view)!;

        Assert.Equal([Grains[7]], Grains.Where(claim.Holds));
    }

    [Fact]
    public void A_silo_that_joins_claims_nothing() =>
        Assert.Null(Claim.Of(Member(1).Silo, new(0, []), new ClusterView(5, [Member(1) with { State = MemberState.Joining }, Member(2)])));

    private static ClusterMember Member(int i, long since = 0) =>
        new(SiloAddress.New(IPAddress.Loopback, 11111 + i, 1000), new(IPAddress.Loopback, 30000 + i), $"Silo_{i}", Since: since);
}
