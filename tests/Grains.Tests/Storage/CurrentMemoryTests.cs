using Otp.Grains.Tests.Harness;
using Otp.Members;
using Otp.Storage;

namespace Otp.Grains.Tests.Storage;

/// <summary>Two activations of one grain, as two silos may have them: what is answered without a write is what is stored.</summary>
public sealed class CurrentMemoryTests
{
    private static readonly MemberEmailState One = new() { Owner = "1" };
    private static readonly MemberEmailState Two = new() { Owner = "2" };

    private readonly TestStorage _storage = new();
    private readonly GrainId _grain = GrainId.Create("member-email", "one");
    private readonly TestLease _lease = new();

    [Fact]
    public async Task Memory_answers_while_the_membership_is_what_it_was()
    {
        var record = NewRecord();
        await record.TryCommitAsync(One);

        Assert.True(await record.TryCommitAsync(change: null));
        Assert.Equal(0, _storage.Reads);
    }

    [Fact]
    public async Task Ownership_that_moved_away_and_back_is_noticed()
    {
        var (here, there) = (NewRecord(), NewRecord());
        await here.TryCommitAsync(One);
        _lease.Version = 2;
        await there.ReadAsync();
        await there.TryCommitAsync(Two);
        _lease.Version = 3;

        Assert.False(await here.TryCommitAsync(change: null));
        Assert.Equal("2", here.State.Owner);
        Assert.True(await here.TryCommitAsync(change: null));
    }

    [Fact]
    public async Task Silo_that_has_not_seen_itself_active_of_late_looks_and_then_knows_what_has_changed()
    {
        var (asleep, successor) = (NewRecord(), NewRecord());
        await asleep.TryCommitAsync(One);
        await successor.ReadAsync();
        await successor.TryCommitAsync(Two);
        (_lease.Version, _lease.Next) = (null, 2);

        Assert.False(await asleep.TryCommitAsync(change: null));
        Assert.True(await asleep.TryCommitAsync(change: null));
        Assert.Equal("2", asleep.State.Owner);
        Assert.Equal(1, _lease.Renewals);
    }

    [Fact]
    public async Task Silo_that_was_replaced_while_it_stood_still_neither_writes_nor_answers()
    {
        var asleep = NewRecord();
        await asleep.TryCommitAsync(One);
        (_lease.Version, _lease.Next) = (null, null);

        await Assert.ThrowsAsync<SiloUnavailableException>(() => asleep.TryCommitAsync(Two).AsTask());
        await Assert.ThrowsAsync<SiloUnavailableException>(() => asleep.TryCommitAsync(change: null).AsTask());
        await Assert.ThrowsAsync<SiloUnavailableException>(asleep.ReadAsync);

        Assert.Equal((0, 1), (_storage.Reads, _storage.Writes));
    }

    [Fact]
    public async Task What_was_read_while_the_membership_changed_is_not_current()
    {
        var record = NewRecord();
        _storage.BeforeRead = () => _lease.Version = 2;
        await record.ReadAsync();

        Assert.False(await record.TryCommitAsync(change: null));
    }

    [Fact]
    public async Task What_is_not_stored_is_kept_where_the_record_is_what_was_known()
    {
        var record = NewRecord();
        await record.TryCommitAsync(One);
        record.State = Two;

        await record.ReadAsync();

        Assert.Equal("2", record.State.Owner);
    }

    [Fact]
    public async Task Write_on_stale_memory_is_refused_whatever_the_membership()
    {
        var (here, there) = (NewRecord(), NewRecord());
        await here.TryCommitAsync(One);
        await there.ReadAsync();
        await there.TryCommitAsync(Two);

        Assert.False(await here.TryCommitAsync(new MemberEmailState { Owner = "3" }));
        Assert.Equal("2", here.State.Owner);
    }

    private StoredRecord<MemberEmailState> NewRecord() =>
        new(_storage.AsRecords(TimeProvider.System, _lease), _grain, MemberEmailState.Empty, static _ => 0);

    private sealed class TestLease : IMembershipLease
    {
        public long? Version { get; set; } = 1;

        /// <summary>What the silo sees when it looks; null if it is not active any longer.</summary>
        public long? Next { get; set; }

        public int Renewals { get; private set; }

        public Task RenewAsync()
        {
            Renewals++;
            Version = Next;
            return Version is null ? Task.FromException(new SiloUnavailableException("Replaced.")) : Task.CompletedTask;
        }
    }
}
