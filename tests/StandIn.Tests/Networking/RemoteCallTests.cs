using Orleans.Storage;

namespace Orleans.StandIn.Networking;

public sealed class RemoteCallTests
{
    [Fact]
    public async Task A_client_reaches_each_grain_on_the_silo_that_owns_it()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 3);

        foreach (var silo in cluster.Silos)
        {
            Assert.Equal(silo.Member.Silo.ToString(), await cluster.Client.Grain(cluster.KeyOn(silo)).Where());
        }
    }

    [Fact]
    public async Task A_grain_reaches_grains_of_other_silos()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 2);
        var (one, other) = (cluster.Silos[0], cluster.Silos[1]);

        var answer = await cluster.Client.Grain(cluster.KeyOn(one)).AskOther(cluster.KeyOn(other));

        Assert.Equal(other.Member.Silo.ToString(), answer);
    }

    [Fact]
    public async Task Arguments_and_results_arrive_as_they_were()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 1);
        var parcel = new Parcel("außen", 7, new Parcel("", -1));

        Assert.Equal(parcel, await cluster.Client.Grain("parcel").Echo(parcel));
        await cluster.Client.Grain("parcel").Do();
    }

    [Fact]
    public async Task Calls_of_one_caller_arrive_in_order()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 1);
        var grain = cluster.Client.Grain("ordered");

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(grain.Note)).InTime();

        Assert.Equal(Enumerable.Range(0, 1000), cluster.Silos[0].Grains.Notes);
    }

    [Fact]
    public async Task Many_calls_are_on_the_way_at_once()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 2);

        var answers = Task.WhenAll(Enumerable.Range(0, 500).Select(i => cluster.Client.Grain($"many-{i}").Hold(i)));
        foreach (var silo in cluster.Silos)
        {
            await silo.Grains.Held.Task.InTime();
            silo.Grains.Release.SetResult();
        }

        Assert.Equal(Enumerable.Range(0, 500), await answers.InTime());
    }

    [Theory]
    [InlineData("state", typeof(InconsistentStateException))]
    [InlineData("argument", typeof(ArgumentNullException))]
    [InlineData("own", typeof(OwnException))]
    [InlineData("cancelled", typeof(OperationCanceledException))]
    public async Task An_exception_arrives_with_its_type_and_message_but_without_its_stack(string kind, Type type)
    {
        await using var cluster = await WireCluster.StartAsync(silos: 1);

        var exception = await Record.ExceptionAsync(() => cluster.Client.Grain("failing").Fail(kind, "As it was."));

        Assert.IsType(type, exception);
        Assert.Equal("As it was.", exception.Message);
        Assert.DoesNotContain(nameof(WireGrain) + "." + nameof(WireGrain.Fail), exception.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_that_cannot_be_made_here_arrives_as_an_Orleans_one_that_says_what_it_was()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 1);

        var exception = await Assert.ThrowsAsync<OrleansException>(() => cluster.Client.Grain("strange").Fail("strange", "four"));

        Assert.Equal($"{typeof(StrangeException).FullName}: Number 4.", exception.Message);
    }

    [Fact]
    public async Task A_cancelled_call_ends_at_once_and_its_grain_is_told()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 1);
        using var cancellation = new CancellationTokenSource();

        var call = cluster.Client.Grain("cancelled").HoldUntil(cancellation.Token);
        await cluster.Silos[0].Grains.Held.Task.InTime();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.InTime());
        await cluster.Silos[0].Grains.Cancelled.Task.InTime();
    }

    [Fact]
    public async Task A_call_without_an_answer_times_out()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 1);

        await Assert.ThrowsAsync<TimeoutException>(() => cluster.Client.Grain("slow").HoldBriefly().InTime());
    }

    [Fact]
    public async Task A_message_that_is_too_long_is_refused_in_either_direction_and_harms_nobody_else()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 1);
        var grain = cluster.Client.Grain("long");
        var held = grain.Hold(1);

        await Assert.ThrowsAsync<OrleansException>(() => cluster.Client.Grain("other").Take(new byte[Wire.MaxFrame]));
        await Assert.ThrowsAsync<OrleansException>(() => cluster.Client.Grain("other").Make(Wire.MaxFrame));
        Assert.Equal(900_000, await cluster.Client.Grain("other").Take(new byte[900_000]));
        Assert.Equal(900_000, (await cluster.Client.Grain("other").Make(900_000)).Length);
        cluster.Silos[0].Grains.Release.SetResult();

        Assert.Equal(1, await held.InTime());
    }
}
