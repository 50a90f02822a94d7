using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace Orleans.StandIn.Moves;

/// <summary>A grain that moves is served by one silo, then by the other, and what the first remembers never answers for what the second has done.</summary>
public sealed class HandoverTests
{
    private const int Pages = 60;

    private readonly Book _book = new();

    [Fact]
    public async Task No_grain_is_ever_served_by_two_silos_while_silos_come_and_go()
    {
        await using var cluster = await DeployAsync(silos: 2);
        using var ending = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 4).Select(first => WriteAsync(cluster.Client, first, ending.Token)).ToArray();

        for (var i = 0; i < 4; i++)
        {
            var joined = await cluster.StartAdditionalSiloAsync().InTime();
            await AllPagesAsync(cluster.Client);
            await cluster.StopSiloAsync(i % 2 == 0 ? joined : cluster.Silos[^2]).InTime();
            await AllPagesAsync(cluster.Client);
        }

        await ending.CancelAsync();
        var written = await Task.WhenAll(callers).InTime();
        Assert.Empty(_book.Faults);
        Assert.Equal(written.Sum() + (8 * Pages), Enumerable.Range(0, Pages).Sum(i => _book.Read(Page(i))));
    }

    [Fact]
    public async Task A_grain_whose_last_turn_runs_on_where_it_was_is_served_nowhere_else_before_that_turn_ends()
    {
        await using var cluster = await DeployAsync(silos: 2);
        var places = await AllPagesAsync(cluster.Client);
        var leaving = cluster.Silos[1];
        var page = Page(Array.IndexOf(places, leaving.Name));
        var last = cluster.Client.GetGrain<IPageGrain>(page).AddLater();
        await _book.Turn.Entered;

        var views = cluster.Silos[0].ServiceProvider.GetRequiredService<IClusterViews>();
        var stop = cluster.StopSiloAsync(leaving);
        while (views.Current is var view && view.Find(leaving.SiloAddress) is { State: MemberState.Active })
        {
            await views.NewerThanAsync(view.Version, TestContext.Current.CancellationToken).InTime();
        }

        var others = Enumerable.Range(0, Pages).Where(i => places[i] == leaving.Name && Page(i) != page).Select(i => cluster.Client.GetGrain<IPageGrain>(Page(i)).Add());
        Assert.All(await Task.WhenAll(others).InTime(), place => Assert.Equal(cluster.Silos[0].Name, place));
        var next = cluster.Client.GetGrain<IPageGrain>(page).Add();
        Assert.False(next.IsCompleted);
        _book.Turn.Open();

        Assert.Equal(cluster.Silos[0].Name, await next.InTime());
        await last.InTime();
        await stop.InTime();
        Assert.Empty(_book.Faults);
        Assert.Equal(3, _book.Read(page));
    }

    [Fact]
    public async Task A_silo_that_joins_serves_its_own_calls_and_gives_up_their_grains_when_it_is_active()
    {
        var places = new List<string>();
        await using var cluster = await DeployAsync(silos: 1, silo => silo.AddStartupTask(
            async (services, _) =>
            {
                var (grains, silo) = (services.GetRequiredService<IGrainFactory>(), services.GetRequiredService<ILocalSiloDetails>());
                for (var i = 0; i < Pages; i++)
                {
                    places.Add(await grains.GetGrain<IPageGrain>($"{silo.Name}-{i}").Add());
                }
            },
            ServiceLifecycleStage.ApplicationServices));
        places.Clear();

        var joined = await cluster.StartAdditionalSiloAsync().InTime();

        Assert.All(places, place => Assert.Equal(joined.Name, place));
        Assert.Equal(Pages, places.Count);
        var after = await Task.WhenAll(Enumerable.Range(0, Pages).Select(i => cluster.Client.GetGrain<IPageGrain>($"{joined.Name}-{i}").Add())).InTime();
        Assert.Contains(cluster.Silos[0].Name, after);
        Assert.Empty(_book.Faults);
    }

    [Fact]
    public async Task A_silo_that_joins_is_given_its_share_and_no_other_grain_moves()
    {
        const int Grains = 2000;
        await using var cluster = await DeployAsync(silos: 4);
        var before = await PlacesAsync();

        var joined = await cluster.StartAdditionalSiloAsync().InTime();
        await cluster.WaitForLivenessToStabilizeAsync().InTime();
        var after = await PlacesAsync();

        Assert.All(before.CountBy(place => place), place => Assert.InRange(place.Value, Grains / 4 * 0.8, Grains / 4 * 1.2));
        var moved = before.Zip(after).Where(place => place.First != place.Second).ToList();
        Assert.All(moved, place => Assert.Equal(joined.Name, place.Second));
        Assert.InRange(moved.Count, Grains / 5 * 0.8, Grains / 5 * 1.2);

        Task<string[]> PlacesAsync() => Task.WhenAll(Enumerable.Range(0, Grains).Select(i => cluster.Client.GetGrain<IPageGrain>(Page(i)).Add())).InTime();
    }

    private static string Page(int i) => $"page-{i}";

    private static Task<string[]> AllPagesAsync(IGrainFactory grains) =>
        Task.WhenAll(Enumerable.Range(0, Pages).Select(i => grains.GetGrain<IPageGrain>(Page(i)).Add())).InTime();

    private static async Task<int> WriteAsync(IGrainFactory grains, int first, CancellationToken ending)
    {
        var written = 0;
        for (; !ending.IsCancellationRequested; written++)
        {
            await grains.GetGrain<IPageGrain>(Page((first + (written * 7)) % Pages)).Add();
        }

        return written;
    }

    private async Task<InProcessTestCluster> DeployAsync(short silos, Action<ISiloBuilder>? configure = null)
    {
        var cluster = new InProcessTestClusterBuilder(silos)
            .ConfigureSilo((_, silo) =>
            {
                silo.Services.AddSingleton(_book);
                configure?.Invoke(silo);
            })
            .Build();
        await cluster.DeployAsync();
        return cluster;
    }
}
