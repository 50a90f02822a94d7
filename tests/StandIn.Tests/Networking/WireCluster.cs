using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Orleans.StandIn.Networking;

/// <summary>Silos and a client that know each other, each by views of its own.</summary>
internal sealed class WireCluster : IAsyncDisposable
{
    private WireCluster(WireSilo[] silos, WireClient client, HandWrittenViews clientViews)
    {
        Silos = silos;
        Client = client;
        ClientViews = clientViews;
    }

    public static ClusterSecret Secret { get; } = new(RandomNumberGenerator.GetBytes(32));

    public WireSilo[] Silos { get; }

    public WireClient Client { get; }

    public HandWrittenViews ClientViews { get; }

    public static async Task<WireCluster> StartAsync(int silos, TimeSpan? timeout = null, ILoggerProvider? logs = null)
    {
        var started = new WireSilo[silos];
        for (var i = 0; i < silos; i++)
        {
            started[i] = await WireSilo.StartAsync(new(), Secret, logs);
        }

        var members = started.Select(silo => silo.Member).ToArray();
        foreach (var silo in started)
        {
            silo.Views.Set(members);
        }

        var clientViews = new HandWrittenViews();
        clientViews.Set(members);
        return new(started, await WireClient.StartAsync(clientViews, Secret, timeout), clientViews);
    }

    /// <summary>A key whose grain lives on a silo.</summary>
    public string KeyOn(WireSilo silo) => KeyOn(silo.Member, ClientViews.Current);

    public static string KeyOn(ClusterMember member, ClusterView view)
    {
        for (var i = 0; ; i++)
        {
            if (view.Owner(GrainId.Create("wire", $"key-{i}")) == member)
            {
                return $"key-{i}";
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        foreach (var silo in Silos)
        {
            silo.Grains.Release.TrySetResult();
            silo.Views.Set(new ClusterView(100, []));
        }

        foreach (var silo in Silos)
        {
            await silo.DisposeAsync();
        }
    }
}
