using System.Security.Cryptography;
using Otp.Cluster.Processes;
using Otp.Hosting.Cluster;

namespace Otp.Cluster.SiloPort;

/// <summary>
/// Whoever connects to a port between processes without belonging to the cluster is refused with one line in the log, and the service does not
/// notice.
/// </summary>
public abstract class StrangerTests(OneSilo cluster)
{
    protected static readonly TimeSpan RefusalTimeout = TimeSpan.FromSeconds(2);
    protected static readonly TimeSpan SilenceTimeout = TimeSpan.FromSeconds(8);

    [Fact]
    public Task Random_bytes_are_refused() =>
        IsRefusedAsync("random", RefusalTimeout, stranger => stranger.SayAsync(RandomNumberGenerator.GetBytes(4096)));

    [Fact]
    public Task Plain_message_of_Orleans_is_refused() =>
        IsRefusedAsync("plain", RefusalTimeout, stranger => stranger.SayAsync([0x20, 0, 0, 0, .. new byte[32]]));

    [Fact]
    public Task Handshake_that_never_ends_is_refused() =>
        IsRefusedAsync("half", SilenceTimeout, stranger => stranger.SayAsync([0x16, 3, 1, 2, 0, 1, 0, 1]));

    [Fact]
    public Task Certificate_of_another_secret_is_refused() =>
        IsRefusedAsync("secret", RefusalTimeout, stranger => stranger.SecureAsync(SecretAuthority.Issue(RandomNumberGenerator.GetBytes(32)).Certificate));

    [Fact]
    public Task Handshake_without_a_certificate_is_refused() => IsRefusedAsync("nameless", RefusalTimeout, stranger => stranger.SecureAsync(certificate: null));

    [Fact]
    public async Task Who_only_asks_whether_a_port_is_open_leaves_no_line()
    {
        foreach (var port in cluster.Ports)
        {
            var start = cluster.Log.Length;
            using var stranger = await Stranger.ConnectAsync(port);
            stranger.Leave();
            Assert.True(await stranger.IsClosedWithinAsync(RefusalTimeout), "The connection is still open.");
            await cluster.ServeAsync($"knock-{port}");
            Assert.Empty(cluster.Refusals(stranger, start));
        }
    }

    private async Task IsRefusedAsync(string name, TimeSpan limit, Func<Stranger, Task> misbehave)
    {
        foreach (var port in cluster.Ports)
        {
            var start = cluster.Log.Length;
            using var stranger = await Stranger.ConnectAsync(port);
            await misbehave(stranger);
            await cluster.ServeAsync($"{name}-{port}");
            Assert.True(await stranger.IsClosedWithinAsync(limit), "The connection is still open.");
            await Pause.UntilAsync(() => Task.FromResult(cluster.Refusals(stranger, start).Count > 0), RefusalTimeout);
            await cluster.ServeAsync($"{name}-{port}-after");
            Assert.Single(cluster.Refusals(stranger, start));
            Assert.Empty(cluster.Lines("   at ", start));
            Assert.Empty(cluster.Lines("fail: ", start));
        }
    }
}
