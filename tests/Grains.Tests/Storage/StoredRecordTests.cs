using Otp.Grains.Tests.Harness;
using Otp.Members;
using Otp.Storage;

namespace Otp.Grains.Tests.Storage;

public sealed class StoredRecordTests
{
    private static readonly MemberEmailState One = new() { Owner = "1" };
    private static readonly MemberEmailState Two = new() { Owner = "2" };

    private readonly TestStorage _storage = new();
    private readonly GrainId _grain = GrainId.Create("member-email", "one");

    [Fact]
    public async Task A_grain_without_a_record_is_written_without_being_read()
    {
        Assert.True(await NewRecord().TryCommitAsync(One));

        Assert.Equal((0, 1), (_storage.Reads, _storage.Writes));
    }

    [Fact]
    public async Task A_record_that_nobody_knew_of_is_read_and_not_overwritten()
    {
        await NewRecord().TryCommitAsync(One);
        var record = NewRecord();

        Assert.False(await record.TryCommitAsync(Two));

        Assert.Equal("1", record.State.Owner);
        Assert.True(await record.TryCommitAsync(Two));
        Assert.Equal("2", (await Read()).Owner);
    }

    [Fact]
    public async Task A_decision_that_changes_nothing_stands_only_once_the_record_was_read()
    {
        var record = NewRecord();

        Assert.False(await record.TryCommitAsync(change: null));
        Assert.True(await record.TryCommitAsync(change: null));
        Assert.Equal((1, 0), (_storage.Reads, _storage.Writes));
    }

    [Fact]
    public async Task Of_two_writers_that_know_the_same_record_one_writes_and_the_other_reads()
    {
        var (first, second) = (NewRecord(), NewRecord());
        await first.TryCommitAsync(One);
        await second.TryCommitAsync(change: null);

        Assert.True(await first.TryCommitAsync(Two));
        Assert.False(await second.TryCommitAsync(One));

        Assert.Equal("2", second.State.Owner);
    }

    [Theory]
    [InlineData(StorageFault.Lost, "1")]
    [InlineData(StorageFault.Unanswered, "2")]
    internal async Task After_a_write_that_failed_the_next_decision_is_made_on_what_is_stored(StorageFault fault, string stored)
    {
        var record = NewRecord();
        await record.TryCommitAsync(One);
        _storage.FailNextWrite(fault);

        await Assert.ThrowsAnyAsync<OrleansException>(() => record.TryCommitAsync(Two).AsTask());

        Assert.Empty(record.State.Owner);
        Assert.False(await record.TryCommitAsync(new MemberEmailState { Owner = "3" }));
        Assert.Equal(stored, record.State.Owner);
    }

    [Fact]
    public async Task A_cleared_record_can_be_created_again()
    {
        var record = NewRecord();
        await record.TryCommitAsync(One);

        await record.ClearAsync();

        Assert.Equal(0, _storage.Count);
        Assert.True(await record.TryCommitAsync(Two));
    }

    [Fact]
    public async Task A_record_that_somebody_else_changed_is_not_cleared()
    {
        var record = NewRecord();
        await record.TryCommitAsync(One);
        _storage.ChangeBehindTheGrain();

        await Assert.ThrowsAnyAsync<OrleansException>(record.ClearAsync);

        Assert.Equal("1", (await Read()).Owner);
    }

    private StoredRecord<MemberEmailState> NewRecord() => new(_storage.AsRecords(TimeProvider.System), _grain, MemberEmailState.Empty, static _ => 0);

    private async Task<MemberEmailState> Read()
    {
        var record = NewRecord();
        await record.TryCommitAsync(change: null);
        return record.State;
    }
}
