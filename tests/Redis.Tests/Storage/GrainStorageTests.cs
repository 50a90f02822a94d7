using Otp.Redis.Servers;
using Orleans.Persistence.Redis;
using Orleans.Redis;
using Orleans.Storage;

namespace Otp.Redis.Storage;

public sealed class GrainStorageTests(SharedRedis shared)
{
    [Fact]
    public async Task A_record_that_is_not_there_reads_as_new()
    {
        await using var record = new StoredRecord(await shared.GetConnectionStringAsync());

        var state = await record.ReadAsync();

        Assert.Equal((string.Empty, null, false), (state.State.Text, state.ETag, state.RecordExists));
    }

    [Fact]
    public async Task A_record_reads_as_it_was_written_last()
    {
        await using var record = new StoredRecord(await shared.GetConnectionStringAsync());
        var written = await record.ReadAsync();
        await record.WriteAsync(written, "one");
        var first = written.ETag;
        await record.WriteAsync(written, "two");

        var read = await record.ReadAsync();

        Assert.Equal(("two", written.ETag, true), (read.State.Text, read.ETag, read.RecordExists));
        Assert.NotEqual(first, written.ETag);
        Assert.True(written.RecordExists);
    }

    [Fact]
    public async Task The_layout_is_that_of_Microsoft_Orleans()
    {
        await using var record = new StoredRecord(await shared.GetConnectionStringAsync());
        var state = new GrainState<Note>();

        await record.WriteAsync(state, "kept");

        var fields = await record.FieldsAsync();
        Assert.Equal(["data", "etag"], fields.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(state.ETag, fields["etag"]);
        Assert.Equal("""{"Text":"kept"}""", fields["data"]);
        Assert.Matches("^[0-9a-f]{32}$", fields["etag"]);
    }

    [Fact]
    public async Task A_record_that_Microsoft_Orleans_wrote_is_read_and_replaced()
    {
        await using var record = new StoredRecord(await shared.GetConnectionStringAsync());
        await record.Redis.ExecuteAsync("HMSET", record.Key, "etag", "5f3c9d0f5c0a4b6f9d2e8a7b6c5d4e3f", "data", """{"Text":"theirs"}""");

        var state = await record.ReadAsync();
        Assert.Equal(("theirs", "5f3c9d0f5c0a4b6f9d2e8a7b6c5d4e3f", true), (state.State.Text, state.ETag, state.RecordExists));

        await record.WriteAsync(state, "ours");
        Assert.Equal("ours", (await record.ReadAsync()).State.Text);
    }

    [Fact]
    public async Task A_state_never_read_is_written_if_there_is_no_record()
    {
        await using var record = new StoredRecord(await shared.GetConnectionStringAsync());
        await record.WriteAsync(new GrainState<Note>(), "first");

        var conflict = await Assert.ThrowsAsync<InconsistentStateException>(() => record.WriteAsync(new GrainState<Note>(), "second"));

        var read = await record.ReadAsync();
        Assert.Equal("first", read.State.Text);
        Assert.Equal((read.ETag, null), (conflict.StoredEtag, conflict.CurrentEtag));
    }

    [Fact]
    public async Task A_write_over_another_is_refused_and_changes_nothing()
    {
        await using var record = new StoredRecord(await shared.GetConnectionStringAsync());
        var mine = new GrainState<Note>();
        await record.WriteAsync(mine, "one");
        var theirs = await record.ReadAsync();
        await record.WriteAsync(theirs, "two");
        var stale = mine.ETag;

        var conflict = await Assert.ThrowsAsync<InconsistentStateException>(() => record.WriteAsync(mine, "three"));

        Assert.Equal((theirs.ETag, stale), (conflict.StoredEtag, conflict.CurrentEtag));
        Assert.Equal(stale, mine.ETag);
        Assert.Equal("two", (await record.ReadAsync()).State.Text);
        Assert.DoesNotContain(record.Grain.Key.ToString(), conflict.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_to_a_record_that_is_gone_is_refused()
    {
        await using var record = new StoredRecord(await shared.GetConnectionStringAsync());
        var state = new GrainState<Note>();
        await record.WriteAsync(state, "one");
        await record.Redis.ExecuteAsync("DEL", record.Key);

        var conflict = await Assert.ThrowsAsync<InconsistentStateException>(() => record.WriteAsync(state, "two"));

        Assert.Null(conflict.StoredEtag);
    }

    [Fact]
    public async Task Of_many_writes_at_once_over_one_etag_exactly_one_wins()
    {
        await using var record = new StoredRecord(await shared.GetConnectionStringAsync());
        await record.WriteAsync(new GrainState<Note>(), "start");
        var states = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => record.ReadAsync()));

        var faults = await Task.WhenAll(states.Select((state, i) => Record.ExceptionAsync(() => record.WriteAsync(state, $"{i}")).AsTask()));

        var winner = Assert.Single(Enumerable.Range(0, 64), i => faults[i] is null);
        Assert.All(faults.Where(fault => fault is not null), fault => Assert.IsType<InconsistentStateException>(fault));
        Assert.Equal($"{winner}", (await record.ReadAsync()).State.Text);
    }

    [Fact]
    public async Task Clearing_leaves_an_empty_record_with_an_etag_of_its_own()
    {
        await using var record = new StoredRecord(await shared.GetConnectionStringAsync());
        var state = new GrainState<Note>();
        await record.WriteAsync(state, "one");
        var written = state.ETag;

        await record.ClearAsync(state);

        Assert.Equal((string.Empty, false), (state.State.Text, state.RecordExists));
        Assert.NotEqual(written, state.ETag);
        Assert.Equal(string.Empty, (await record.FieldsAsync())["data"]);
        var read = await record.ReadAsync();
        Assert.Equal((string.Empty, state.ETag, false), (read.State.Text, read.ETag, read.RecordExists));
        await record.WriteAsync(read, "again");
    }

    [Fact]
    public async Task Clearing_deletes_the_record_where_that_is_wanted()
    {
        await using var record = new StoredRecord(await shared.GetConnectionStringAsync(), deleteOnClear: true);
        var state = new GrainState<Note>();
        await record.WriteAsync(state, "one");

        await record.ClearAsync(state);

        Assert.Equal((string.Empty, null, false), (state.State.Text, state.ETag, state.RecordExists));
        Assert.Empty(await record.FieldsAsync());
        await record.WriteAsync(state, "again");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Clearing_a_record_that_changed_is_refused_and_changes_nothing(bool deleteOnClear)
    {
        await using var record = new StoredRecord(await shared.GetConnectionStringAsync(), deleteOnClear: deleteOnClear);
        var stale = new GrainState<Note>();
        await record.WriteAsync(stale, "one");
        var theirs = await record.ReadAsync();
        await record.WriteAsync(theirs, "two");

        await Assert.ThrowsAsync<InconsistentStateException>(() => record.ClearAsync(stale));

        Assert.Equal("two", (await record.ReadAsync()).State.Text);
        Assert.Equal("one", stale.State.Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Clearing_what_is_not_there_succeeds(bool deleteOnClear)
    {
        await using var record = new StoredRecord(await shared.GetConnectionStringAsync(), deleteOnClear: deleteOnClear);

        await record.ClearAsync(new GrainState<Note>());

        Assert.False((await record.ReadAsync()).RecordExists);
    }

    [Fact]
    public async Task Every_write_and_clear_gives_the_record_its_whole_time_to_live_again()
    {
        await using var record = new StoredRecord(await shared.GetConnectionStringAsync(), expiry: TimeSpan.FromHours(1));
        var state = new GrainState<Note>();
        await record.WriteAsync(state, "one");
        Assert.InRange(await record.LifeLeftAsync(), 3_500_000, 3_600_000);

        await record.Redis.ExecuteAsync("PEXPIRE", record.Key, 60_000);
        await record.WriteAsync(state, "two");
        Assert.InRange(await record.LifeLeftAsync(), 3_500_000, 3_600_000);

        await record.Redis.ExecuteAsync("PEXPIRE", record.Key, 60_000);
        await record.ClearAsync(state);
        Assert.InRange(await record.LifeLeftAsync(), 3_500_000, 3_600_000);
    }

    [Fact]
    public async Task Without_an_expiry_a_record_stays()
    {
        await using var record = new StoredRecord(await shared.GetConnectionStringAsync());

        await record.WriteAsync(new GrainState<Note>(), "one");

        Assert.Equal(-1, await record.LifeLeftAsync());
    }

    [Fact]
    public async Task A_write_whose_reply_never_comes_fails_as_unknown_and_leaves_the_state_as_it_was()
    {
        await using var server = await RedisServer.StartAsync();
        await using var record = new StoredRecord(server.ConnectionString + ",asyncTimeout=1000");
        var state = new GrainState<Note>();
        await record.WriteAsync(state, "one");
        var etag = state.ETag;
        await server.PauseAsync();

        var fault = await Assert.ThrowsAsync<RedisStorageException>(() => record.WriteAsync(state, "two"));

        Assert.True(Assert.IsAssignableFrom<RedisException>(fault.InnerException).OutcomeUnknown);
        Assert.Equal(etag, state.ETag);
        Assert.DoesNotContain(record.Grain.Key.ToString(), fault.ToString(), StringComparison.Ordinal);
        await server.ResumeAsync();
    }

    [Fact]
    public async Task Data_that_cannot_be_read_is_a_fault_and_not_an_empty_record()
    {
        await using var record = new StoredRecord(await shared.GetConnectionStringAsync());
        await record.Redis.ExecuteAsync("HSET", record.Key, "etag", "e", "data", "{not json");

        await Assert.ThrowsAsync<RedisStorageException>(() => record.ReadAsync());
    }
}
