using Microsoft.Extensions.DependencyInjection;

namespace Orleans.StandIn.Networking;

/// <summary>A silo that finds its lease over may have stood still for long: others have answered since what it was asked.</summary>
public sealed class LostLeaseTests
{
    [Fact]
    public async Task What_waited_is_sent_on_while_the_lease_lasts_and_refused_when_it_is_over()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 2);
        var (one, other) = (cluster.Silos[0], cluster.Silos[1]);
        var target = GrainId.Create("wire", cluster.KeyOn(other));
        var catalog = one.Services.GetRequiredService<Catalog>();

        var inTime = Wait(catalog);
        catalog.SendOn(target, inTime);
        await inTime.Task.InTime();
        one.Services.GetRequiredService<Lease>().Drop();
        var late = Wait(catalog);
        catalog.SendOn(target, late);

        await Assert.ThrowsAsync<TransientRejectionException>(() => late.Task.InTime());
        Assert.Equal([5], other.Grains.Notes);
    }

    [Fact]
    public async Task No_call_is_let_in()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 1);
        var silo = cluster.Silos[0];
        var grain = silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IWireGrain>("one");
        await grain.Note(1);

        silo.Services.GetRequiredService<Lease>().Drop();
        var call = silo.Services.GetRequiredService<Catalog>().Call(GrainId.Create("wire", "one"), Wait(silo.Services.GetRequiredService<Catalog>()).Request);

        await Assert.ThrowsAsync<TransientRejectionException>(() => call.InTime());
        Assert.Equal([1], silo.Grains.Notes);
    }

    [Fact]
    public async Task Callers_are_told_at_once_that_their_calls_are_lost()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 1);
        var silo = cluster.Silos[0];
        var call = cluster.Client.Grain("one").Hold(1);
        await silo.Grains.Held.Task.InTime();

        silo.Services.GetRequiredService<Membership>().LeaseLost!();

        await Assert.ThrowsAsync<SiloUnavailableException>(() => call.InTime());
    }

    [Fact]
    public async Task A_turn_that_the_lease_did_not_outlive_does_not_go_on()
    {
        var log = new WarningLog();
        await using var cluster = await WireCluster.StartAsync(silos: 1, logs: log);
        var silo = cluster.Silos[0];
        var call = cluster.Client.Grain("one").Hold(1);
        await silo.Grains.Held.Task.InTime();

        silo.Services.GetRequiredService<Lease>().Drop();
        silo.Grains.Release.SetResult();

        Assert.Contains("cut off", await log.NextAsync(), StringComparison.Ordinal);
        Assert.False(silo.Grains.Resumed);
        silo.Services.GetRequiredService<Membership>().LeaseLost!();
        await Assert.ThrowsAsync<SiloUnavailableException>(() => call.InTime());
    }

    [Fact]
    public async Task A_turn_that_was_cut_off_does_not_go_on_under_a_new_lease_either()
    {
        var log = new WarningLog();
        await using var cluster = await WireCluster.StartAsync(silos: 1, logs: log);
        var silo = cluster.Silos[0];
        var call = cluster.Client.Grain("one").Hold(1);
        await silo.Grains.Held.Task.InTime();

        silo.Services.GetRequiredService<Membership>().LeaseLost!();
        await Assert.ThrowsAsync<SiloUnavailableException>(() => call.InTime());
        silo.Grains.Release.SetResult();

        Assert.Contains("cut off", await log.NextAsync(), StringComparison.Ordinal);
        Assert.False(silo.Grains.Resumed);
    }

    [Fact]
    public async Task Calls_that_have_come_but_were_not_read_are_not_carried_out()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 1);
        var silo = cluster.Silos[0];
        silo.Grains.Interrupted = silo.Listener.AbortConnections;
        using var caller = await RawCaller.ConnectAsync(silo);
        await cluster.Client.Grain("one").Note(1).InTime();

        await caller.SendAsync(RawCaller.Frame(1, "one", nameof(IWireGrain.Interrupt)), RawCaller.Frame(2, "one", nameof(IWireGrain.Note), 2));
        await caller.EndAsync();

        await ReachAsync(cluster.Client.Grain("one"));
        Assert.Equal([1], silo.Grains.Notes);
    }

    // The client's own connection was cut off with the others, and it may not know yet.
    private static async Task ReachAsync(IWireGrain grain)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await grain.Do().InTime();
                return;
            }
            catch (SiloUnavailableException) when (attempt < 100)
            {
                await Task.Yield();
            }
        }
    }

    private static PendingCall Wait(Catalog catalog)
    {
        var request = ProxyEmitter.ProxyOf(typeof(IWireGrain)).Requests.Single(request => request.Method.Name == nameof(IWireGrain.Note)).Create();
        request.SetArgument(0, 5);
        var call = request.Pend();
        call.Open(catalog.Timeouts);
        return call;
    }
}
