namespace Orleans.StandIn.Networking;

public sealed class OwnershipTests
{
    [Fact]
    public async Task A_silo_sends_on_a_call_for_a_grain_that_its_newer_view_gives_to_another()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 2);
        var (one, other) = (cluster.Silos[0], cluster.Silos[1]);
        var key = cluster.KeyOn(one);
        var without = new ClusterView(2, [one.Member with { State = MemberState.Leaving }, other.Member]);
        one.Views.Set(without);
        other.Views.Set(without);

        Assert.Equal(other.Member.Silo.ToString(), await cluster.Client.Grain(key).Where().InTime());
    }

    [Fact]
    public async Task A_silo_with_an_older_view_than_the_callers_looks_for_the_newer_one()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 2);
        var (one, other) = (cluster.Silos[0], cluster.Silos[1]);
        var key = cluster.KeyOn(one);
        var newer = new ClusterView(2, [other.Member]);
        other.Views.SetAtRefresh(newer);
        cluster.ClientViews.Set(newer);

        Assert.Equal(other.Member.Silo.ToString(), await cluster.Client.Grain(key).Where().InTime());
        Assert.Same(newer, other.Views.Current);
    }

    [Fact]
    public async Task A_caller_with_an_older_view_than_the_silos_looks_for_the_newer_one()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 2);
        var (one, other) = (cluster.Silos[0], cluster.Silos[1]);
        var newer = new ClusterView(2, [one.Member, other.Member]);
        one.Views.Set(newer);
        cluster.ClientViews.SetAtRefresh(newer);

        await cluster.Client.Grain(cluster.KeyOn(one)).Do();

        Assert.Same(newer, await cluster.ClientViews.NewerThanAsync(1, CancellationToken.None).InTime());
    }

    [Fact]
    public async Task Silos_that_disagree_do_not_pass_a_call_around_but_keep_it_until_they_agree()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 2);
        var (one, other) = (cluster.Silos[0], cluster.Silos[1]);
        var key = cluster.KeyOn(one);
        one.Views.Set(new ClusterView(2, [one.Member with { State = MemberState.Leaving }, other.Member]));
        other.Views.Set(new ClusterView(3, [one.Member, other.Member with { State = MemberState.Leaving }]));

        var refreshed = one.Views.RefreshedAsync();
        var call = cluster.Client.Grain(key).Where();
        await refreshed.InTime();
        Assert.False(call.IsCompleted);
        one.Views.Set(new ClusterView(4, [one.Member, other.Member]));
        other.Views.Set(one.Views.Current);

        Assert.Equal(one.Member.Silo.ToString(), await call.InTime());
    }

    [Fact]
    public async Task Calls_on_the_way_to_a_silo_that_dies_fail_and_are_not_sent_again()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 2);
        var (one, other) = (cluster.Silos[0], cluster.Silos[1]);
        var call = cluster.Client.Grain(cluster.KeyOn(one)).Hold(1);
        await one.Grains.Held.Task.InTime();

        one.Kill();

        await Assert.ThrowsAsync<SiloUnavailableException>(() => call.InTime());
        Assert.False(other.Grains.Held.Task.IsCompleted);
    }

    [Fact]
    public async Task Calls_for_the_grains_of_a_dead_silo_wait_until_the_view_gives_them_to_another()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 2);
        var (one, other) = (cluster.Silos[0], cluster.Silos[1]);
        var key = cluster.KeyOn(one);
        var held = cluster.Client.Grain(key).Hold(1);
        await one.Grains.Held.Task.InTime();
        one.Kill();
        await Assert.ThrowsAsync<SiloUnavailableException>(() => held.InTime());

        var calls = Enumerable.Range(0, 100).Select(_ => cluster.Client.Grain(key).Where()).ToArray();
        Assert.DoesNotContain(calls, call => call.IsCompleted);
        other.Views.Set(other.Member);
        cluster.ClientViews.Set(other.Member);

        Assert.All(await Task.WhenAll(calls).InTime(), silo => Assert.Equal(other.Member.Silo.ToString(), silo));
    }

    [Fact]
    public async Task Calls_that_find_no_silo_are_bounded_in_number_and_the_rest_is_refused_at_once()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 1);
        cluster.ClientViews.Set(cluster.Silos[0].Member with { State = MemberState.Leaving });
        var grain = cluster.Client.Grain("nowhere");
        var waiting = Enumerable.Range(0, Wire.MaxWaitingCalls).Select(_ => grain.Do()).ToArray();

        await Assert.ThrowsAsync<GatewayTooBusyException>(() => grain.Do().InTime());
        Assert.DoesNotContain(waiting, call => call.IsCompleted);
        cluster.ClientViews.Set(cluster.Silos[0].Member);

        await Task.WhenAll(waiting).InTime();
    }

    [Fact]
    public async Task A_silo_that_leaves_answers_what_it_was_asked_and_then_the_connections_end_by_themselves()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 2);
        var (one, other) = (cluster.Silos[0], cluster.Silos[1]);
        var key = cluster.KeyOn(one);
        var held = cluster.Client.Grain(key).Hold(7);
        await one.Grains.Held.Task.InTime();
        var leaving = new ClusterView(2, [one.Member with { State = MemberState.Leaving }, other.Member]);
        one.Views.Set(leaving);
        other.Views.Set(leaving);
        cluster.ClientViews.Set(leaving);

        Assert.Equal(other.Member.Silo.ToString(), await cluster.Client.Grain(key).Where().InTime());
        var closed = one.Listener.CloseAsync(CancellationToken.None);
        Assert.False(closed.IsCompleted);
        one.Grains.Release.SetResult();

        Assert.Equal(7, await held.InTime());
        await closed.InTime();
    }

    [Fact]
    public async Task A_connection_that_breaks_is_opened_again()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 1);
        var held = cluster.Client.Grain("again").Hold(1);
        await cluster.Silos[0].Grains.Held.Task.InTime();

        cluster.Silos[0].Kill();
        await Assert.ThrowsAsync<SiloUnavailableException>(() => held.InTime());
        cluster.Silos[0].Grains.Release.SetResult();
        cluster.Silos[0].ListenAgain();

        // Of the same grain, so that it takes the way that is known to have broken: another may not have noticed yet.
        await cluster.Client.Grain("again").Do().InTime();
    }
}
