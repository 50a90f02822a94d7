using Otp.Hosting.Cluster.Membership;

namespace Otp.Grains.Tests.Cluster;

/// <summary>Whose heartbeat stands still, and who cannot tell.</summary>
public sealed class HeartbeatsTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);
    private static readonly SiloAddress Quick = FixedMembership.Silo(1);
    private static readonly SiloAddress Still = FixedMembership.Silo(2);

    private readonly ManualTimeProvider _time = new();
    private readonly Heartbeats _heartbeats;
    private int _beats;

    public HeartbeatsTests() => _heartbeats = new Heartbeats(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1), _time);

    [Fact]
    public void Silo_whose_heartbeat_stands_still_is_found_after_the_timeout()
    {
        Assert.All(Enumerable.Range(0, 4), _ => Assert.Empty(Look()));
        Assert.Equal([Still], Look());
    }

    [Fact]
    public void Who_could_not_look_begins_anew()
    {
        Assert.All(Enumerable.Range(0, 3), _ => Assert.Empty(Look()));
        _heartbeats.Forget();

        Assert.All(Enumerable.Range(0, 4), _ => Assert.Empty(Look()));
        Assert.Equal([Still], Look());
    }

    [Fact]
    public void Who_stood_still_itself_accuses_nobody()
    {
        Look();
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Empty(Look());
    }

    private IReadOnlyList<SiloAddress> Look()
    {
        _time.Advance(Step);
        return _heartbeats.FindStill([(Quick, DateTime.UnixEpoch.AddSeconds(++_beats)), (Still, DateTime.UnixEpoch)]);
    }
}
