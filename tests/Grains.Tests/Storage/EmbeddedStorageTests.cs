using Orleans.Storage;
using Otp.Members;
using Otp.Storage;

namespace Otp.Grains.Tests.Storage;

/// <summary>The storage of a service without Redis: etags as in Redis, and expiry.</summary>
public sealed class EmbeddedStorageTests : IDisposable
{
    private static readonly TimeSpan Expiry = TimeSpan.FromHours(2);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly ManualTimeProvider _time = new();
    private readonly EmbeddedRecords _records;
    private readonly EmbeddedStorage _storage;
    private readonly GrainId _grain = GrainId.Create("member-email", "one");

    public EmbeddedStorageTests()
    {
        _records = new EmbeddedRecords(_time);
        _storage = new EmbeddedStorage(_records, new StateSerializer(), Expiry);
    }

    public void Dispose() => _records.Dispose();

    [Fact]
    public async Task What_was_written_is_read_as_another_object()
    {
        var written = await WriteAsync(new GrainState<MemberEmailState>(), "1");

        var read = await ReadAsync();

        Assert.Equal(("1", written.ETag, true), (read.State!.Owner, read.ETag, read.RecordExists));
        Assert.NotSame(written.State, read.State);
    }

    [Fact]
    public async Task A_grain_without_a_record_reads_an_empty_state_without_an_etag()
    {
        var read = new GrainState<MemberEmailState>(new MemberEmailState { Owner = "old" }, "old") { RecordExists = true };

        await _storage.ReadStateAsync("state", _grain, read);

        Assert.Equal((string.Empty, null, false), (read.State!.Owner, read.ETag, read.RecordExists));
    }

    [Fact]
    public async Task A_write_without_an_etag_creates_a_record_and_replaces_none()
    {
        await WriteAsync(new GrainState<MemberEmailState>(), "1");

        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(new GrainState<MemberEmailState>(), "2"));

        Assert.Equal("1", (await ReadAsync()).State!.Owner);
    }

    [Fact]
    public async Task A_write_or_clear_with_an_old_etag_is_refused_and_leaves_everything_as_it_was()
    {
        var stale = await WriteAsync(new GrainState<MemberEmailState>(), "1");
        var etag = stale.ETag;
        await WriteAsync(await ReadAsync(), "2");

        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(stale, "3"));
        await Assert.ThrowsAsync<InconsistentStateException>(() => ClearAsync(stale));

        Assert.Equal("2", (await ReadAsync()).State!.Owner);
        Assert.Equal((etag, true), (stale.ETag, stale.RecordExists));
    }

    [Fact]
    public async Task A_clear_deletes_the_record_and_the_next_write_creates_it()
    {
        var state = await WriteAsync(new GrainState<MemberEmailState>(), "1");

        await ClearAsync(state);

        Assert.Equal((string.Empty, null, false), (state.State!.Owner, state.ETag, state.RecordExists));
        Assert.Equal(0, _records.Count);
        await WriteAsync(state, "2");
    }

    [Fact]
    public async Task A_clear_of_nothing_succeeds_and_one_of_what_is_gone_is_refused()
    {
        await ClearAsync(new GrainState<MemberEmailState>());
        var state = await WriteAsync(new GrainState<MemberEmailState>(), "1");
        await ClearAsync(await ReadAsync());

        await Assert.ThrowsAsync<InconsistentStateException>(() => ClearAsync(state));
        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(state, "2"));
    }

    [Fact]
    public async Task A_record_is_there_until_its_expiry_and_gone_from_then_on()
    {
        var state = await WriteAsync(new GrainState<MemberEmailState>(), "1");
        _time.Advance(Expiry - Tick);
        Assert.True((await ReadAsync()).RecordExists);

        _time.Advance(Tick);

        Assert.False((await ReadAsync()).RecordExists);
        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(state, "2"));
        await WriteAsync(new GrainState<MemberEmailState>(), "3");
    }

    [Fact]
    public async Task An_expired_record_that_is_not_swept_yet_is_none_for_a_clear_and_a_write()
    {
        await WriteAsync(new GrainState<MemberEmailState>(), "1");
        StopSweep();
        _time.Advance(Expiry);

        await ClearAsync(new GrainState<MemberEmailState>());

        Assert.Equal(0, _records.Count);
    }

    [Fact]
    public async Task Every_write_gives_a_record_its_whole_time_again()
    {
        var state = await WriteAsync(new GrainState<MemberEmailState>(), "1");
        _time.Advance(Expiry - Tick);
        await WriteAsync(state, "2");
        _time.Advance(Expiry - Tick);

        Assert.Equal("2", (await ReadAsync()).State!.Owner);
    }

    [Fact]
    public async Task The_sweep_frees_what_is_expired_in_steps_and_nothing_else()
    {
        for (var i = 0; i < EmbeddedRecords.SweepStep + 1; i++)
        {
            await WriteAsync(new GrainState<MemberEmailState>(), "1", $"{i}");
        }

        _time.Advance(TimeSpan.FromHours(1));
        await WriteAsync(new GrainState<MemberEmailState>(), "kept");
        _time.Advance(TimeSpan.FromHours(1) - Tick);
        Assert.Equal(EmbeddedRecords.SweepStep + 2, _records.Count);

        _time.Advance(EmbeddedRecords.SweepInterval);
        Assert.InRange(_records.Count, 2, EmbeddedRecords.SweepStep + 1);

        _time.Advance(EmbeddedRecords.SweepInterval * 4);
        Assert.Equal(1, _records.Count);
        Assert.Equal("kept", (await ReadAsync()).State!.Owner);
    }

    [Fact]
    public async Task Of_many_writers_that_know_the_same_record_one_writes()
    {
        await WriteAsync(new GrainState<MemberEmailState>(), "0");
        var states = await Task.WhenAll(Enumerable.Range(1, 64).Select(_ => ReadAsync()));

        var written = await Task.WhenAll(states.Select((state, i) => Task.Run(() => TryWriteAsync(state, $"{i}"))));

        Assert.Single(written, true);
    }

    // Reading, writing and clearing need no timer.
    private void StopSweep() => _records.Dispose();

    private async Task<GrainState<MemberEmailState>> ReadAsync()
    {
        var state = new GrainState<MemberEmailState>();
        await _storage.ReadStateAsync("state", _grain, state);
        return state;
    }

    private async Task<GrainState<MemberEmailState>> WriteAsync(GrainState<MemberEmailState> state, string id, string? grain = null)
    {
        state.State = new MemberEmailState { Owner = id };
        await _storage.WriteStateAsync("state", grain is null ? _grain : GrainId.Create("member-email", grain), state);
        return state;
    }

    private async Task<bool> TryWriteAsync(GrainState<MemberEmailState> state, string id)
    {
        try
        {
            await WriteAsync(state, id);
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    private Task ClearAsync(GrainState<MemberEmailState> state) => _storage.ClearStateAsync("state", _grain, state);
}
