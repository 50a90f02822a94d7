using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Otp.Conformance.Persistence;
using Orleans.Otp.Conformance.Scripted;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace Orleans.Otp.Conformance.Clustering;

/// <summary>What several silos owe together: one activation a grain, wherever it is called from and whichever silo goes.</summary>
public sealed class ClusterTests
{
    private readonly Script _script = new();

    public ClusterTests()
    {
        _script.OnAsk("where", SiloOf);
        _script.OnAsk("count", grain => (++grain.Counter).ToString());
    }

    [Fact]
    public async Task Grains_are_spread_over_the_silos()
    {
        await using var cluster = await TestSilo.StartAsync(_script, silos: 3);

        var places = await Task.WhenAll(Keys(300).Select(key => cluster.Grain(key).Ask("where").InTime()));

        Assert.All(places.CountBy(place => place), place => Assert.InRange(place.Value, 50, 150));
        Assert.Equal(3, places.Distinct().Count());
    }

    [Fact]
    public async Task A_grain_has_one_activation_whichever_silo_calls_it()
    {
        await using var cluster = await TestSilo.StartAsync(_script, silos: 3);

        foreach (var silo in cluster.Cluster.Silos)
        {
            var grains = silo.ServiceProvider.GetRequiredService<IGrainFactory>();
            await Task.WhenAll(Keys(50).Select(key => grains.GetGrain<IScriptedGrain>(key).Ask("count").InTime()));
        }

        var counts = await Task.WhenAll(Keys(50).Select(key => cluster.Grain(key).Ask("count").InTime()));
        Assert.All(counts, count => Assert.Equal("4", count));
    }

    [Fact]
    public async Task Grains_call_grains_on_other_silos()
    {
        _script.OnAsk("where is the other", grain => grain.Other("other").Ask("where"));
        await using var cluster = await TestSilo.StartAsync(_script, silos: 3);
        var other = await cluster.Grain("other").Ask("where").InTime();

        var seen = await Task.WhenAll(Keys(30).Select(key => cluster.Grain(key).Ask("where is the other").InTime()));

        Assert.All(seen, place => Assert.Equal(other, place));
    }

    [Fact]
    public async Task A_fault_on_any_silo_reaches_the_caller_with_its_type_and_message()
    {
        _script.On("fail", _ => throw new InvalidOperationException("as told"));
        await using var cluster = await TestSilo.StartAsync(_script, silos: 2);

        foreach (var key in Keys(20))
        {
            var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.Grain(key).Do("fail").InTime());
            Assert.Equal("as told", exception.Message);
        }
    }

    [Fact]
    public async Task What_a_killed_silo_had_stored_lives_on_elsewhere()
    {
        await using var cluster = await TestSilo.StartAsync(_script, silo => silo.AddMemoryGrainStorage(CounterGrain.StorageName), silos: 3);
        var grains = Keys(60).Select(cluster.Grain<ICounterGrain>).ToArray();
        await Task.WhenAll(grains.Select((grain, i) => grain.Write(i).InTime()));

        await KillAsync(cluster, cluster.Cluster.Silos[1]);

        var values = await Task.WhenAll(grains.Select(grain => grain.Value().InTime()));
        Assert.Equal(Enumerable.Range(0, 60), values);
    }

    [Fact]
    public async Task A_client_goes_on_when_any_silo_is_killed()
    {
        await using var cluster = await TestSilo.StartAsync(_script, silos: 2);
        var grain = cluster.Grain("one");
        await grain.Ask("where").InTime();

        await KillAsync(cluster, cluster.Cluster.Silos[0]);

        Assert.Equal(cluster.Cluster.Silos[0].Name, await grain.Ask("where").InTime());
    }

    [Fact]
    public async Task A_call_that_runs_on_a_killed_silo_fails_and_does_not_hang()
    {
        var gate = new Gate();
        _script.On("hold", _ => gate.PassAsync());
        await using var cluster = await TestSilo.StartAsync(_script, silos: 2);
        var grain = cluster.Grain("one");
        var place = await grain.Ask("where").InTime();

        var call = grain.Do("hold");
        await gate.Entered;
        await KillAsync(cluster, cluster.Cluster.Silos.Single(silo => silo.Name == place));

        var exception = await Record.ExceptionAsync(() => call.InTime());
        Assert.IsAssignableFrom<OrleansException>(exception);
        gate.Open();
    }

    [Fact]
    public async Task A_silo_that_stops_loses_no_call()
    {
        _script.OnAsk("work", async grain =>
        {
            await Task.Yield();
            return SiloOf(grain);
        });
        await using var cluster = await TestSilo.StartAsync(_script, silos: 3);
        var stopped = new CancellationTokenSource();
        var callers = Keys(16).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; !stopped.IsCancellationRequested; i++)
            {
                await cluster.Grain($"{caller}-{i % 20}").Ask("work").InTime();
            }
        })).ToArray();

        await Task.WhenAll(Keys(50).Select(key => cluster.Grain(key).Ask("work").InTime()));
        await cluster.Cluster.StopSiloAsync(cluster.Cluster.Silos[0]).InTime();
        await Task.WhenAll(Keys(50).Select(key => cluster.Grain(key).Ask("work").InTime()));
        await stopped.CancelAsync();

        await Task.WhenAll(callers);
    }

    [Fact]
    public async Task A_silo_that_stops_deactivates_its_grains_once()
    {
        var deactivated = new System.Collections.Concurrent.ConcurrentBag<string>();
        _script.Deactivating = (grain, _) =>
        {
            deactivated.Add(grain.Key);
            return Task.CompletedTask;
        };
        await using var cluster = await TestSilo.StartAsync(_script, silos: 2);
        var places = await Task.WhenAll(Keys(40).Select(async key => (Key: key, Silo: await cluster.Grain(key).Ask("where").InTime())));
        var stopping = cluster.Cluster.Silos[1];

        await cluster.Cluster.StopSiloAsync(stopping).InTime();

        Assert.Equal(places.Where(place => place.Silo == stopping.Name).Select(place => place.Key).Order(), deactivated.Order());
    }

    [Fact]
    public async Task Calls_that_wait_on_a_silo_that_stops_are_served()
    {
        var gate = new Gate();
        _script.On("hold", _ => gate.PassAsync());
        await using var cluster = await TestSilo.StartAsync(_script, silos: 2);
        var grain = cluster.Grain("one");
        var place = await grain.Ask("where").InTime();

        var running = grain.Do("hold");
        await gate.Entered;
        var waiting = grain.Ask("where");
        var stop = cluster.Cluster.StopSiloAsync(cluster.Cluster.Silos.Single(silo => silo.Name == place));
        gate.Open();

        await running.InTime();
        await waiting.InTime();
        await stop.InTime();
        Assert.NotEqual(place, await grain.Ask("where").InTime());
    }

    [Fact]
    public async Task A_silo_that_joins_is_given_grains()
    {
        await using var cluster = await TestSilo.StartAsync(_script, silos: 1);

        var joined = await cluster.Cluster.StartAdditionalSiloAsync().InTime();
        await cluster.Cluster.WaitForLivenessToStabilizeAsync().InTime();

        var places = await Task.WhenAll(Keys(60).Select(key => cluster.Grain(key).Ask("where").InTime()));
        Assert.Contains(joined.Name, places);
    }

    [Fact]
    public async Task A_restarted_silo_is_a_member_again()
    {
        await using var cluster = await TestSilo.StartAsync(_script, silos: 2);

        var restarted = await cluster.Cluster.RestartSiloAsync(cluster.Cluster.Silos[1]).InTime();
        await cluster.Cluster.WaitForLivenessToStabilizeAsync().InTime();

        var places = await Task.WhenAll(Keys(60).Select(key => cluster.Grain(key).Ask("where").InTime()));
        Assert.Contains(restarted.Name, places);
        Assert.Equal(2, places.Distinct().Count());
    }

    private static string SiloOf(ScriptedGrain grain) => ((IGrainBase)grain).GrainContext.ActivationServices.GetRequiredService<ILocalSiloDetails>().Name;

    private static IEnumerable<string> Keys(int count) => Enumerable.Range(0, count).Select(static i => $"grain-{i}");

    private static async Task KillAsync(TestSilo cluster, InProcessSiloHandle silo)
    {
        await cluster.Cluster.KillSiloAsync(silo).InTime();
        await cluster.Cluster.WaitForLivenessToStabilizeAsync(didKill: true).InTime();
    }
}
