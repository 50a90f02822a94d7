using System.Security.Cryptography;
using Otp.Cluster.Processes;

namespace Otp.Cluster.SiloPort;

/// <summary>Whoever connects to a silo without belonging to the cluster is closed with one line in the log, and the service does not notice.</summary>
public sealed class SiloPortTests(OneSilo cluster) : IClassFixture<OneSilo>
{
    private const long MemoryLimit = 64 << 20;

    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterSilence = TimeSpan.FromSeconds(8);

    [Fact]
    public Task Random_bytes_close_the_connection() =>
        IsTurnedAwayAsync("random", AtOnce, stranger => stranger.SayAsync(RandomNumberGenerator.GetBytes(4096)));

    [Fact]
    public Task Half_a_frame_closes_the_connection() =>
        IsTurnedAwayAsync("half", AfterSilence, async stranger => await stranger.SayAsync((await Greeting.HelloAsync(cluster, Greeting.Version))[..20]));

    [Fact]
    public Task Frame_that_claims_two_gigabytes_closes_the_connection() =>
        IsTurnedAwayAsync("claim", AtOnce, stranger => stranger.SayAsync([0xff, 0xff, 0xff, 0x7f, 1, 2, 3]));

    [Fact]
    public async Task Wrong_version_closes_the_connection()
    {
        await IsTurnedAwayAsync("version", AtOnce, async stranger => await stranger.SayAsync(await Greeting.HelloAsync(cluster, Greeting.Version + 1)));

        Assert.Equal(2, cluster.Lines($"version {Greeting.Version + 1}").Count);
    }

    [Fact]
    public async Task Wrong_secret_closes_the_connection()
    {
        await IsTurnedAwayAsync("secret", AtOnce, async stranger =>
        {
            await stranger.SayAsync(await Greeting.HelloAsync(cluster, Greeting.Version));
            await stranger.SayAsync(Greeting.WrongProof());
        });

        Assert.Equal(2, cluster.Lines("secret").Count);
    }

    [Fact]
    public async Task Thousand_silent_connections_are_closed_and_cost_nothing()
    {
        const int Connections = 1000;
        var memory = cluster.Silo.Process.ResidentBytes;
        var start = cluster.Log.Length;
        var strangers = new List<Stranger>();
        try
        {
            for (var i = 0; i < Connections; i++)
            {
                strangers.Add(await Stranger.ConnectAsync(cluster.Silo.GatewayPort));
            }

            await cluster.ServeAsync("silent");
            var closed = await Task.WhenAll(strangers.Select(s => s.IsClosedWithinAsync(AfterSilence)));

            Assert.All(closed, Assert.True);
            Assert.InRange(cluster.Silo.Process.ResidentBytes - memory, long.MinValue, MemoryLimit);
            Assert.All(strangers, stranger => Assert.Single(cluster.LinesAbout(stranger, start)));
        }
        finally
        {
            strangers.ForEach(s => s.Dispose());
        }

        await cluster.ServeAsync("after-silence");
    }

    private async Task IsTurnedAwayAsync(string name, TimeSpan limit, Func<Stranger, Task> misbehave)
    {
        foreach (var port in new[] { cluster.Silo.SiloPort, cluster.Silo.GatewayPort })
        {
            var start = cluster.Log.Length;
            using var stranger = await Stranger.ConnectAsync(port);
            await misbehave(stranger);
            await cluster.ServeAsync($"{name}-{port}");
            Assert.True(await stranger.IsClosedWithinAsync(limit), "The connection is still open.");
            await Pause.UntilAsync(() => Task.FromResult(cluster.LinesAbout(stranger, start).Count > 0), AtOnce);
            Assert.Single(cluster.LinesAbout(stranger, start));
        }
    }
}
