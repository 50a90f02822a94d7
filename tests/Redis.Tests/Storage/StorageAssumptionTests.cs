using Orleans.Persistence.Redis;
using Orleans.Storage;
using Otp.Members;
using Otp.Redis.Servers;

namespace Otp.Redis.Storage;

/// <summary>What the service assumes of Orleans' storage in Redis.</summary>
public sealed class StorageAssumptionTests(SharedRedis shared)
{
    [Fact]
    public async Task A_record_that_is_not_there_reads_as_a_new_state_without_an_etag()
    {
        await using var record = await ConnectAsync();

        var read = await record.ReadAsync();

        Assert.Equal((string.Empty, null, false), (read.State!.Owner, read.ETag, read.RecordExists));
    }

    [Fact]
    public async Task A_record_reads_as_it_was_written_last()
    {
        await using var record = await ConnectAsync();
        var written = new GrainState<MemberEmailState>();
        await record.WriteAsync(written, "one");
        var first = written.ETag;
        await record.WriteAsync(written, "two");

        var read = await record.ReadAsync();

        Assert.Equal(("two", written.ETag, true), (read.State!.Owner, read.ETag, read.RecordExists));
        Assert.NotEqual(first, written.ETag);
    }

    [Fact]
    public async Task A_record_is_a_hash_of_etag_and_data_under_service_grain_and_state()
    {
        await using var record = await ConnectAsync();
        var state = new GrainState<MemberEmailState>();

        await record.WriteAsync(state, "kept");

        var fields = (await record.Redis.HashGetAllAsync(record.Key)).ToDictionary(f => $"{f.Name}", f => $"{f.Value}");
        Assert.Equal(["data", "etag"], fields.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(state.ETag, fields["etag"]);
        Assert.Equal("""{"o":"kept","t":0}""", fields["data"]);
    }

    [Fact]
    public async Task A_write_without_a_read_creates_a_record_and_replaces_none()
    {
        await using var record = await ConnectAsync();
        await record.WriteAsync(new GrainState<MemberEmailState>(), "first");

        await Assert.ThrowsAsync<InconsistentStateException>(() => record.WriteAsync(new GrainState<MemberEmailState>(), "second"));

        Assert.Equal("first", (await record.ReadAsync()).State!.Owner);
    }

    [Fact]
    public async Task A_write_or_clear_with_an_old_etag_is_refused_and_changes_nothing()
    {
        await using var record = await ConnectAsync();
        var stale = new GrainState<MemberEmailState>();
        await record.WriteAsync(stale, "one");
        await record.WriteAsync(await record.ReadAsync(), "two");
        var etag = stale.ETag;

        await Assert.ThrowsAsync<InconsistentStateException>(() => record.WriteAsync(stale, "three"));
        await Assert.ThrowsAsync<InconsistentStateException>(() => record.ClearAsync(stale));

        Assert.Equal(etag, stale.ETag);
        Assert.Equal("two", (await record.ReadAsync()).State!.Owner);
    }

    [Fact]
    public async Task A_write_to_a_record_that_is_gone_is_refused()
    {
        await using var record = await ConnectAsync();
        var state = new GrainState<MemberEmailState>();
        await record.WriteAsync(state, "one");
        await record.Redis.KeyDeleteAsync(record.Key);

        await Assert.ThrowsAsync<InconsistentStateException>(() => record.WriteAsync(state, "two"));
    }

    [Fact]
    public async Task Of_many_writes_at_once_over_one_etag_exactly_one_wins()
    {
        await using var record = await ConnectAsync();
        await record.WriteAsync(new GrainState<MemberEmailState>(), "start");
        var states = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => record.ReadAsync()));

        var faults = await Task.WhenAll(states.Select((state, i) => Record.ExceptionAsync(() => record.WriteAsync(state, $"{i}")).AsTask()));

        var winner = Assert.Single(Enumerable.Range(0, 64), i => faults[i] is null);
        Assert.All(faults.Where(fault => fault is not null), fault => Assert.IsType<InconsistentStateException>(fault));
        Assert.Equal($"{winner}", (await record.ReadAsync()).State!.Owner);
    }

    [Fact]
    public async Task A_clear_deletes_the_key_and_the_next_write_creates_it()
    {
        await using var record = await ConnectAsync();
        var state = new GrainState<MemberEmailState>();
        await record.WriteAsync(state, "one");

        await record.ClearAsync(state);

        Assert.Equal((string.Empty, null, false), (state.State!.Owner, state.ETag, state.RecordExists));
        Assert.False(await record.Redis.KeyExistsAsync(record.Key));
        await record.WriteAsync(state, "again");
    }

    [Fact]
    public async Task A_clear_of_nothing_succeeds()
    {
        await using var record = await ConnectAsync();

        await record.ClearAsync(new GrainState<MemberEmailState>());

        Assert.False((await record.ReadAsync()).RecordExists);
    }

    [Fact]
    public async Task Every_write_sets_the_expiry_anew_and_shorter_if_its_storage_says_so()
    {
        await using var record = await ConnectAsync(TimeSpan.FromSeconds(3600));
        var brief = await record.StorageAsync("brief", TimeSpan.FromSeconds(60));
        var state = new GrainState<MemberEmailState>();

        await record.WriteAsync(state, "one");
        Assert.InRange(await LeftAsync(record), 3500, 3600);

        await record.WriteAsync(state, "two", brief);
        Assert.InRange(await LeftAsync(record), 50, 60);

        await record.WriteAsync(state, "three");
        Assert.InRange(await LeftAsync(record), 3500, 3600);
    }

    [Fact]
    public async Task Storages_of_different_names_lead_to_one_record()
    {
        await using var record = await ConnectAsync();
        var other = await record.StorageAsync("other", TimeSpan.FromSeconds(60));
        var state = new GrainState<MemberEmailState>();
        await record.WriteAsync(state, "one");

        var read = await record.ReadAsync(other);
        Assert.Equal(("one", state.ETag), (read.State!.Owner, read.ETag));

        await record.ClearAsync(read, other);
        Assert.False((await record.ReadAsync()).RecordExists);
    }

    [Fact]
    public async Task An_expiry_with_a_fraction_of_a_second_fails_the_write_and_leaves_a_record_for_ever()
    {
        await using var record = await ConnectAsync(TimeSpan.FromMilliseconds(60_500));

        await Assert.ThrowsAsync<RedisStorageException>(() => record.WriteAsync(new GrainState<MemberEmailState>(), "one"));

        Assert.Null(await record.Redis.KeyTimeToLiveAsync(record.Key));
    }

    [Fact]
    public async Task A_write_whose_reply_never_comes_fails_within_its_time_and_a_later_read_tells_whether_it_happened()
    {
        await using var server = await RedisServer.StartAsync();
        await using var record = await RedisRecord.ConnectAsync(server.ConnectionString);
        var state = new GrainState<MemberEmailState>();
        await record.WriteAsync(state, "one");
        var etag = state.ETag;
        await server.PauseAsync();

        await Assert.ThrowsAsync<RedisStorageException>(() => record.WriteAsync(state, "two")).InTime();
        Assert.Equal(etag, state.ETag);

        await server.ResumeAsync();
        var read = await SafetyTimeout.RetryAsync<GrainState<MemberEmailState>, RedisStorageException>(() => record.ReadAsync());
        Assert.Equal(read.ETag == etag ? "one" : "two", read.State!.Owner);
    }

    [Fact]
    public async Task Data_that_cannot_be_read_is_a_fault_and_not_an_empty_record()
    {
        await using var record = await ConnectAsync();
        await record.Redis.HashSetAsync(record.Key, [new("etag", "e"), new("data", "{not json")]);

        await Assert.ThrowsAsync<RedisStorageException>(() => record.ReadAsync());
    }

    private static async Task<double> LeftAsync(RedisRecord record) => (await record.Redis.KeyTimeToLiveAsync(record.Key))!.Value.TotalSeconds;

    private async Task<RedisRecord> ConnectAsync(TimeSpan? expiry = null) =>
        await RedisRecord.ConnectAsync(await shared.GetConnectionStringAsync(), expiry);
}
