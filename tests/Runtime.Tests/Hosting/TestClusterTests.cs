using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Otp.Conformance.Persistence;
using Orleans.Otp.Conformance.Scripted;
using Orleans.TestingHost;

namespace Orleans.Otp.Conformance.Hosting;

/// <summary>The test clusters themselves: apart from each other, and driven from outside.</summary>
public sealed class TestClusterTests
{
    private readonly Script _script = new();

    [Fact]
    public async Task Clusters_share_nothing()
    {
        static void Storage(ISiloBuilder silo) => silo.AddMemoryGrainStorage(CounterGrain.StorageName);
        await using var left = await TestSilo.StartAsync(configure: Storage);
        await using var right = await TestSilo.StartAsync(configure: Storage);

        await left.Grain<ICounterGrain>("same").Write(1);

        Assert.Equal(0, await right.Grain<ICounterGrain>("same").Value());
    }

    [Fact]
    public async Task A_grain_can_be_deactivated_from_outside()
    {
        _script.OnAsk("count", grain => (++grain.Counter).ToString());
        await using var silo = await TestSilo.StartAsync(_script);
        var one = silo.Grain("one");
        await one.Ask("count");

        await silo.Cluster.DeactivateAsync(one).InTime();

        Assert.Equal("1", await one.Ask("count").InTime());
    }

    [Fact]
    public async Task The_end_of_an_activation_can_be_awaited()
    {
        _script.On("touch", _ => { });
        _script.On("deactivate", grain => grain.DeactivateOnIdle());
        var gate = new Gate();
        _script.Deactivating = (_, _) => gate.PassAsync();
        await using var silo = await TestSilo.StartAsync(_script);
        var one = silo.Grain("one");
        await one.Do("touch");

        var deactivation = silo.Cluster.WaitForDeactivationAsync(one);
        await one.Do("deactivate");
        await gate.Entered;
        Assert.False(deactivation.IsCompleted);

        gate.Open();
        await deactivation.InTime();
    }

    [Fact]
    public async Task A_cluster_can_be_built_from_configurator_types()
    {
        var builder = new TestClusterBuilder(1);
        builder.AddSiloBuilderConfigurator<CounterStorage>();
        await using var cluster = builder.Build();
        await cluster.DeployAsync();

        await cluster.GrainFactory.GetGrain<ICounterGrain>("one").Write(1);

        Assert.Equal(1, await cluster.Client.GetGrain<ICounterGrain>("one").Value());
        Assert.Single(cluster.Silos);
    }

    [Fact]
    public async Task Silos_know_the_cluster_they_belong_to()
    {
        await using var silo = await TestSilo.StartAsync();

        var options = silo.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<ClusterOptions>>().Value;

        Assert.Equal(silo.Cluster.Options.ClusterId, options.ClusterId);
        Assert.Equal(silo.Cluster.Options.ServiceId, options.ServiceId);
    }

    private sealed class CounterStorage : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder) => siloBuilder.AddMemoryGrainStorage(CounterGrain.StorageName);
    }
}
