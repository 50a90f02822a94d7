using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Otp.Redis.Servers;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace Orleans.Otp.Redis.Membership;

/// <summary>Silos whose membership is in Redis, through the deaths of either.</summary>
public sealed class RedisClusterTests
{
    private static readonly string Secret = Convert.ToBase64String(new byte[32]);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Silos_find_each_other()
    {
        await using var server = await RedisServer.StartAsync();
        await using var cluster = await DeployAsync(server, silos: 3);

        Assert.Equal(3, (await PlacesAsync(cluster)).Distinct().Count());
    }

    [Fact]
    public async Task A_killed_silos_grains_live_elsewhere_within_two_and_a_half_seconds()
    {
        await using var server = await RedisServer.StartAsync();
        await using var cluster = await DeployAsync(server, silos: 3);
        await PlacesAsync(cluster);

        await cluster.KillSiloAsync(cluster.Silos[1]);
        var killed = TimeProvider.System.GetTimestamp();
        await EventuallyAsync(cluster.Client, silos: 2);

        Assert.InRange(TimeProvider.System.GetElapsedTime(killed).TotalSeconds, 0, 2.5);
    }

    [Fact]
    public async Task A_silo_that_stops_is_replaced_at_once()
    {
        await using var server = await RedisServer.StartAsync();
        await using var cluster = await DeployAsync(server, silos: 3);
        await PlacesAsync(cluster);
        var began = TimeProvider.System.GetTimestamp();

        await cluster.StopSiloAsync(cluster.Silos[1]);
        var places = await PlacesAsync(cluster);

        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 0, 1);
        Assert.Equal(2, places.Distinct().Count());
    }

    [Fact]
    public async Task Without_Redis_nothing_is_served_and_all_is_well_within_two_seconds_of_its_return()
    {
        await using var server = await RedisServer.StartAsync(new() { Durable = true });
        await using var cluster = await DeployAsync(server, silos: 3);
        var before = await PlacesAsync(cluster);

        await server.KillAsync();
        await ServedForAsync(cluster);
        await server.RunAsync();
        var back = TimeProvider.System.GetTimestamp();
        var after = await EventuallyAsync(cluster.Client, silos: 3);

        // Garnet's first script costs it a second of compiling, more on a busy machine.
        Assert.InRange(TimeProvider.System.GetElapsedTime(back).TotalSeconds, 0, server.Kind == RedisKind.Garnet ? 4 : 2);
        Assert.Empty(before.Intersect(after));
    }

    [Fact]
    public async Task Silos_that_cannot_renew_stop_serving_before_their_lease_ends()
    {
        await using var server = await RedisServer.StartAsync();
        await using var cluster = await DeployAsync(server, silos: 2);
        await PlacesAsync(cluster);

        await server.PauseAsync();
        var served = await ServedForAsync(cluster);
        await server.ResumeAsync();

        Assert.InRange(served.TotalSeconds, 1, 2);
        await EventuallyAsync(cluster.Client, silos: 2);
    }

    [Fact]
    public async Task A_client_of_its_own_finds_the_silos_and_outlives_them()
    {
        await using var server = await RedisServer.StartAsync();
        await using var cluster = await DeployAsync(server, silos: 3);
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection([new("Orleans:ClusterSecret", Secret)]);
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.Options.ClusterId, cluster.Options.ServiceId))
            .UseRedisClustering(server.ConnectionString));
        using var host = builder.Build();
        await host.StartAsync(Cancelled);
        var grains = host.Services.GetRequiredService<IGrainFactory>();

        var before = await PlacesAsync(grains);
        await cluster.KillSiloAsync(cluster.Silos[0]);
        var after = await EventuallyAsync(grains, silos: 2);
        await host.StopAsync(Cancelled);

        Assert.Equal(3, before.Distinct().Count());
        Assert.True(after.ToHashSet().IsSubsetOf(before));
    }

    [Fact]
    public async Task A_silo_does_not_start_where_there_is_no_Redis_and_says_so()
    {
        await using var server = await RedisServer.StartAsync();
        await server.KillAsync();

        var fault = await Assert.ThrowsAsync<OrleansException>(() => DeployAsync(server, silos: 1).WaitAsync(TimeSpan.FromSeconds(10), Cancelled));

        Assert.Contains($"127.0.0.1:{server.Port}", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<InProcessTestCluster> DeployAsync(RedisServer server, short silos)
    {
        var cluster = new InProcessTestClusterBuilder(silos)
            .ConfigureSiloHost((_, host) => host.Configuration.AddInMemoryCollection([new("Orleans:ClusterSecret", Secret)]))
            .ConfigureSilo((_, silo) => silo.UseRedisClustering(server.ConnectionString))
            .Build();
        await cluster.DeployAsync();
        return cluster;
    }

    private static Task<string[]> PlacesAsync(InProcessTestCluster cluster) => PlacesAsync(cluster.Client);

    private static Task<string[]> PlacesAsync(IGrainFactory grains) =>
        Task.WhenAll(Enumerable.Range(0, 40).Select(i => grains.GetGrain<IPlaceGrain>($"grain-{i}").Silo())).WaitAsync(Clients.Patience, Cancelled);

    /// <summary>How long from now every call is served.</summary>
    private static async Task<TimeSpan> ServedForAsync(InProcessTestCluster cluster)
    {
        var began = TimeProvider.System.GetTimestamp();
        var served = TimeSpan.Zero;
        try
        {
            while (true)
            {
                await PlacesAsync(cluster);
                served = TimeProvider.System.GetElapsedTime(began);
            }
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            return served;
        }
    }

    /// <summary>Asks until every grain answers and that many silos have some. A call lost with its silo is repeated, as the gateway does.</summary>
    private static async Task<string[]> EventuallyAsync(IGrainFactory grains, int silos)
    {
        using var limit = new CancellationTokenSource(Clients.Patience);
        while (true)
        {
            try
            {
                if (await PlacesAsync(grains) is var places && places.Distinct().Count() == silos)
                    return places;
            }
            catch (Exception exception) when (exception is OrleansException or TimeoutException)
            {
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }
}
