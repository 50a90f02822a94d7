using Otp.Cluster.Processes;

namespace Otp.Cluster.SiloPort;

/// <summary>Strangers at the two ports of a silo.</summary>
public sealed class SiloPortTests(OneSilo cluster) : StrangerTests(cluster), IClassFixture<OneSilo>
{
    private const long MemoryLimit = 64 << 20;

    private readonly OneSilo _cluster = cluster;

    [Fact]
    public async Task Thousand_silent_connections_are_closed_and_cost_nothing()
    {
        const int Connections = 1000;
        var memory = _cluster.Process.ResidentBytes;
        var start = _cluster.Log.Length;
        var strangers = new List<Stranger>();
        try
        {
            for (var i = 0; i < Connections; i++)
            {
                strangers.Add(await Stranger.ConnectAsync(_cluster.Ports[i % 2]));
            }

            await _cluster.ServeAsync("silent");
            var closed = await Task.WhenAll(strangers.Select(s => s.IsClosedWithinAsync(SilenceTimeout)));

            Assert.All(closed, Assert.True);
            Assert.InRange(_cluster.Process.ResidentBytes - memory, long.MinValue, MemoryLimit);
            await Pause.UntilAsync(() => Task.FromResult(_cluster.Refusals(start).Count >= Connections), RefusalTimeout);
            // Two that went to different ports may have the same address.
            Assert.Equal(Connections, _cluster.Refusals(start).Count);
            Assert.All(strangers, stranger => Assert.NotEmpty(_cluster.Refusals(stranger, start)));
        }
        finally
        {
            strangers.ForEach(s => s.Dispose());
        }

        await _cluster.ServeAsync("after-silence");
    }
}
