using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using Orleans.Otp.Redis.Servers;
using Orleans.Runtime;

namespace Orleans.Otp.Redis.Membership;

public sealed class RedisMembershipLeasesTests(SharedRedis redis) : IAsyncLifetime
{
    private readonly string _cluster = Clients.UniqueKey();
    private string _server = null!;
    private RedisMembershipLeases _table = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await redis.GetConnectionStringAsync();
        _table = Table(_server);
    }

    public ValueTask DisposeAsync() => _table.DisposeAsync();

    [Fact]
    public async Task Who_joins_is_seen_by_all()
    {
        var one = Member(port: 1);
        var two = Member(port: 2);

        var first = await _table.JoinAsync(one, knownVersion: 0);
        var second = await _table.JoinAsync(two, first.View!.Version);
        var seen = await _table.ReadAsync(knownVersion: 0);

        Assert.True(first.IsMember && second.IsMember);
        Assert.Equal([one.Silo, two.Silo], seen.View!.Members.Select(member => member.Silo));
        Assert.True(second.View!.Version > first.View.Version);
        Assert.Equal(second.View.Version, seen.View.Version);
    }

    [Fact]
    public async Task A_renewal_changes_no_view()
    {
        var one = Member(port: 1);
        var version = (await _table.JoinAsync(one, knownVersion: 0)).View!.Version;

        var renewed = await _table.RenewAsync(one, new(version, []), version);

        Assert.True(renewed.IsMember);
        Assert.Null(renewed.View);
    }

    [Fact]
    public async Task A_member_that_is_leaving_is_still_seen_as_such()
    {
        var leaving = Member(port: 1) with { State = MemberState.Leaving };
        var version = (await _table.JoinAsync(Member(port: 1), knownVersion: 0)).View!.Version;

        var marked = await _table.RenewAsync(leaving, new(version, []), version);
        var seen = await _table.ReadAsync(version);

        Assert.True(marked.IsMember);
        Assert.Equal([leaving with { Since = seen.Version }], seen.View!.Members);
        Assert.Null(seen.View.Owner(GrainId.Create("type", "key")));
    }

    [Fact]
    public async Task Who_left_is_out_at_once()
    {
        var one = Member(port: 1);
        await _table.JoinAsync(one, knownVersion: 0);
        await _table.JoinAsync(Member(port: 2), knownVersion: 0);

        await _table.LeaveAsync(one);

        Assert.Equal([Member(port: 2).Silo], await SilosAsync());
        Assert.False((await _table.RenewAsync(one, new(0, []), knownVersion: 0)).IsMember);
    }

    [Fact]
    public async Task Who_does_not_renew_is_out_when_the_lease_ends_and_not_before()
    {
        var began = TimeProvider.System.GetTimestamp();
        var reply = await _table.JoinAsync(Member(port: 1), knownVersion: 0);
        while (reply.View is { Members.IsEmpty: false })
        {
            Assert.InRange(reply.NextEnd, TimeSpan.Zero, _table.Duration);
            await Task.Delay(reply.NextEnd, TimeProvider.System, TestContext.Current.CancellationToken);
            reply = await _table.ReadAsync(knownVersion: 0);
        }

        Assert.InRange(TimeProvider.System.GetElapsedTime(began), _table.Duration - TimeSpan.FromMilliseconds(20), _table.Duration + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_new_run_takes_the_place_of_the_one_before_it()
    {
        await _table.JoinAsync(Member(port: 1), knownVersion: 0);
        await _table.JoinAsync(Member(port: 11), knownVersion: 0);
        var next = Member(port: 1, generation: 2);

        await _table.JoinAsync(next, knownVersion: 0);

        Assert.Equal([Member(port: 11).Silo, next.Silo], await SilosAsync());
    }

    [Fact]
    public async Task The_same_run_joins_once()
    {
        Assert.True((await _table.JoinAsync(Member(port: 1), knownVersion: 0)).IsMember);
        Assert.False((await _table.JoinAsync(Member(port: 1), knownVersion: 0)).IsMember);
    }

    [Fact]
    public async Task Silos_on_version_six_addresses_are_members_too()
    {
        var member = new ClusterMember(SiloAddress.New(IPAddress.IPv6Loopback, 11111, 7), new(IPAddress.IPv6Loopback, 30000), "a name of words");

        var reply = await _table.JoinAsync(member, knownVersion: 0);

        Assert.Equal([member with { Since = reply.Version }], reply.View!.Members);
    }

    [Fact]
    public async Task The_version_grows_even_when_the_table_is_lost()
    {
        await using var client = Clients.Connect(_server);
        var before = (await _table.JoinAsync(Member(port: 1), knownVersion: 0)).View!.Version;

        await client.ExecuteAsync("DEL", Key);
        var lost = await _table.RenewAsync(Member(port: 1), new(before, []), before);
        var after = await _table.JoinAsync(Member(port: 1), lost.View!.Version);

        Assert.False(lost.IsMember);
        Assert.True(lost.View.Version > before);
        Assert.True(after.View!.Version > lost.View.Version);
    }

    [Fact]
    public async Task Who_has_not_given_up_all_that_the_view_gives_to_others_is_told_of()
    {
        var (one, two) = (Member(port: 1), Member(port: 2));
        var first = (await _table.JoinAsync(one, knownVersion: 0)).Version;
        await _table.RenewAsync(one, new(first, []), first);

        var joined = await _table.JoinAsync(two, first);
        await _table.RenewAsync(two, new(joined.Version, []), joined.Version);
        var partly = await _table.RenewAsync(one, new(joined.Version, [1, 0xFFFFFFFF]), joined.Version);
        var wholly = await _table.RenewAsync(one, new(joined.Version, []), joined.Version);

        Assert.Equal(first, Assert.Single(joined.Laggards, laggard => laggard.Silo.Equals(one.Silo)).HandedOver.Version);
        Assert.Equal([1, 0xFFFFFFFF], Assert.Single(partly.Laggards).HandedOver.Except);
        Assert.Empty(wholly.Laggards);
        Assert.Equal(joined.Version, wholly.Version);
    }

    [Fact]
    public async Task A_members_state_counts_from_the_version_that_it_began_with()
    {
        var joining = Member(port: 1) with { State = MemberState.Joining };
        var joined = (await _table.JoinAsync(joining, knownVersion: 0)).Version;
        var active = await _table.RenewAsync(joining with { State = MemberState.Active }, new(joined, []), joined);
        await _table.JoinAsync(Member(port: 2), active.Version);

        var seen = await _table.ReadAsync(knownVersion: 0);

        Assert.True(active.Version > joined);
        Assert.Equal(active.Version, seen.View!.Members[0].Since);
    }

    [Fact]
    public async Task The_table_does_not_outlive_its_silos_for_long()
    {
        await using var client = Clients.Connect(_server);
        await _table.JoinAsync(Member(port: 1), knownVersion: 0);

        var rest = (await client.ExecuteAsync("PTTL", Key)).Integer;

        Assert.InRange(rest, TimeSpan.FromHours(23).TotalMilliseconds, TimeSpan.FromHours(24).TotalMilliseconds);
    }

    private async Task<IEnumerable<SiloAddress>> SilosAsync() => (await _table.ReadAsync(knownVersion: 0)).View!.Members.Select(member => member.Silo);

    private string Key => $"service/members/{_cluster}";

    private static ClusterMember Member(int port, int generation = 1) =>
        new(SiloAddress.New(IPAddress.Loopback, port, generation), new(IPAddress.Loopback, port + 100), $"Silo_{port}");

    private RedisMembershipLeases Table(string server) =>
        new(server, Options.Create(new ClusterOptions { ServiceId = "service", ClusterId = _cluster }), NullLoggerFactory.Instance);
}
