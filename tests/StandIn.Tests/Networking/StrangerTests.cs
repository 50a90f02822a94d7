using System.Net.Sockets;
using System.Security.Cryptography;
using Orleans.Otp;
using Orleans.Serialization;

namespace Orleans.StandIn.Networking;

/// <summary>What the silo's ports do with those who do not belong there: one log line, and away with them.</summary>
public sealed class StrangerTests
{
    /// <summary>In hexadecimal: a request in HTTP, bytes of ones, a frame of 2 GiB, an empty one, a call before any greeting, a greeting without content.</summary>
    public static TheoryData<string> Nonsense =>
        ["474554202F20485454502F312E310D0A0D0A", new string('F', 10_000), "FFFFFF7F01", "00000000", "0400000005010203", "0100000001"];

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task Nonsense_is_answered_by_the_end_of_the_connection_and_one_log_line(string bytes)
    {
        var log = new WarningLog();
        await using var cluster = await WireCluster.StartAsync(silos: 1, logs: log);
        using var stranger = await ConnectAsync(cluster.Silos[0]);

        await stranger.GetStream().WriteAsync(Convert.FromHexString(bytes), TestContext.Current.CancellationToken);

        await AssertClosedAsync(stranger);
        Assert.Contains("was turned away", await log.NextAsync(), StringComparison.Ordinal);
        await cluster.Client.Grain("unaffected").Do();
        Assert.Equal(0, log.Unread);
    }

    [Fact]
    public async Task Half_a_frame_and_then_nothing_is_turned_away()
    {
        var log = new WarningLog();
        await using var cluster = await WireCluster.StartAsync(silos: 1, logs: log);
        using var stranger = await ConnectAsync(cluster.Silos[0]);

        await stranger.GetStream().WriteAsync(new byte[] { 100, 0, 0, 0, 1 }, TestContext.Current.CancellationToken);
        stranger.Close();

        Assert.Contains("within a frame", await log.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_secret_is_turned_away()
    {
        var log = new WarningLog();
        await using var cluster = await WireCluster.StartAsync(silos: 1, logs: log);
        var handshake = new Handshake(new ClusterSecret(RandomNumberGenerator.GetBytes(32)), "wire");

        await AssertTurnedAwayAsync(cluster.Silos[0], handshake, cluster.Silos[0].Member.Silo);

        Assert.Contains("secret", await log.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_cluster_is_turned_away()
    {
        var log = new WarningLog();
        await using var cluster = await WireCluster.StartAsync(silos: 1, logs: log);

        await AssertTurnedAwayAsync(cluster.Silos[0], new Handshake(WireCluster.Secret, "other"), cluster.Silos[0].Member.Silo);

        Assert.Contains("another cluster", await log.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_means_an_earlier_run_of_the_silo_is_turned_away()
    {
        var log = new WarningLog();
        await using var cluster = await WireCluster.StartAsync(silos: 1, logs: log);
        var silo = cluster.Silos[0].Member.Silo;

        await AssertTurnedAwayAsync(cluster.Silos[0], new Handshake(WireCluster.Secret, "wire"), SiloAddress.New(silo.Endpoint, silo.Generation - 1));

        Assert.Contains("another run", await log.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_version_of_the_protocol_is_turned_away()
    {
        var log = new WarningLog();
        await using var cluster = await WireCluster.StartAsync(silos: 1, logs: log);
        using var stranger = await ConnectAsync(cluster.Silos[0]);
        byte[] greeting = [.. "ORLS"u8, Wire.Version + 1, 0, 0, 0];

        await stranger.GetStream().WriteAsync((byte[])[9, 0, 0, 0, (byte)FrameKind.Hello, .. greeting], TestContext.Current.CancellationToken);

        await AssertClosedAsync(stranger);
        Assert.Contains("version 2", await log.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_is_turned_away_after_five_seconds()
    {
        var log = new WarningLog();
        var time = new ManualTimeProvider();
        await using var silo = await WireSilo.StartAsync(new(), WireCluster.Secret, log, time);
        var timers = time.PendingTimers;
        using var stranger = await ConnectAsync(silo);
        await time.WaitForTimersAsync(timers + 1, TestContext.Current.CancellationToken).InTime();

        time.Advance(Wire.HandshakeTimeout);

        await AssertClosedAsync(stranger);
        Assert.Contains("said nothing", await log.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thousand_who_say_nothing_keep_nobody_out()
    {
        await using var cluster = await WireCluster.StartAsync(silos: 1);
        var strangers = new List<TcpClient>();
        for (var i = 0; i < 1000; i++)
        {
            strangers.Add(await ConnectAsync(cluster.Silos[0]));
        }

        await using var late = await WireClient.StartAsync(cluster.ClientViews, WireCluster.Secret);
        await late.Grain("late").Do().InTime();

        strangers.ForEach(stranger => stranger.Dispose());
    }

    [Fact]
    public async Task Nonsense_from_one_who_belongs_here_ends_that_connection_alone()
    {
        var log = new WarningLog();
        await using var cluster = await WireCluster.StartAsync(silos: 1, logs: log);
        using var member = await ConnectAsync(cluster.Silos[0]);
        var stream = member.GetStream();
        await new Handshake(WireCluster.Secret, "wire").CallAsync(stream, new FrameReader(stream), cluster.Silos[0].Member.Silo, TestContext.Current.CancellationToken);

        await stream.WriteAsync(new byte[] { 0, 0, 0, 0x7F }, TestContext.Current.CancellationToken);

        Assert.Contains("makes no sense", await log.NextAsync(), StringComparison.Ordinal);
        await cluster.Client.Grain("unaffected").Do();
    }

    private static async Task<TcpClient> ConnectAsync(WireSilo silo)
    {
        var client = new TcpClient();
        await client.ConnectAsync(silo.Member.Gateway, TestContext.Current.CancellationToken);
        return client;
    }

    private static async Task AssertTurnedAwayAsync(WireSilo silo, Handshake handshake, SiloAddress meant)
    {
        using var stranger = await ConnectAsync(silo);
        var stream = stranger.GetStream();

        var exception = await Record.ExceptionAsync(() => handshake.CallAsync(stream, new FrameReader(stream), meant, TestContext.Current.CancellationToken).InTime());

        Assert.True(exception is MalformedMessageException or IOException, exception?.ToString());
    }

    private static async Task AssertClosedAsync(TcpClient client)
    {
        try
        {
            Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken).AsTask().InTime());
        }
        catch (IOException)
        {
            // Closed with bytes unread: a reset.
        }
    }
}
