namespace Orleans.StandIn.Networking;

/// <summary>Neither side keeps more than so many calls of one connection; those beyond are refused at once, as what they are.</summary>
public sealed class BackPressureTests
{
    [Fact]
    public async Task A_silo_refuses_what_one_connection_asks_beyond_its_limit_and_serves_the_others()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 1);
        using var caller = await RawCaller.ConnectAsync(cluster.Silos[0]);
        const uint First = 1;
        const uint Last = First + Wire.MaxWaitingCalls;
        var call = RawCaller.Frame(First, "held", nameof(IWireGrain.Hold), 1);

        await caller.SendAsync(Enumerable.Repeat(call, Wire.MaxWaitingCalls));
        await caller.SendAsync(RawCaller.Frame(Last, "held", nameof(IWireGrain.Hold), 1));
        var (id, fault) = await caller.NextFaultAsync();

        Assert.Equal(Last, id);
        Assert.IsType<GatewayTooBusyException>(fault);
        await cluster.Client.Grain("other").Do().InTime();
    }

    [Fact]
    public async Task A_caller_refuses_what_it_would_send_beyond_the_limit()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 1);
        var grain = cluster.Client.Grain("held");
        var waiting = Enumerable.Range(0, Wire.MaxWaitingCalls).Select(_ => grain.Hold(1)).ToArray();

        await Assert.ThrowsAsync<GatewayTooBusyException>(() => grain.Hold(1).InTime());

        cluster.Silos[0].Grains.Release.SetResult();
        await Task.WhenAll(waiting).InTime();
    }
}
