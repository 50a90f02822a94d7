using Otp.Grains.Tests.Harness;
using Otp.Members;
using Otp.Targets;

namespace Otp.Grains.Tests.Members;

public sealed class MemberTests : IAsyncLifetime
{
    private static readonly Member Jane = new("CID-jane", "jane.doe@example.com", "+442079460018", Channel.Email, "pt-BR");
    private static readonly Member John = new("CID-john", "john.doe@example.com", null, Channel.Email, null);

    private TestService _service = null!;

    public async ValueTask InitializeAsync() => _service = await TestService.StartAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Member_is_found_by_reference_and_by_address()
    {
        await AssignAsync(Jane);

        Assert.Equal(Jane, await Directory.FindByRelationReference(TestService.Program, Jane.RelationReference));
        Assert.Equal(Jane, await FindAsync(Jane.Email!));
    }

    [Fact]
    public async Task Nobody_is_found_where_nobody_is()
    {
        Assert.Null(await Directory.FindByRelationReference(TestService.Program, Jane.RelationReference));
        Assert.Null(await FindAsync(Jane.Email!));
    }

    [Fact]
    public async Task Member_is_not_found_in_another_program()
    {
        await AssignAsync(Jane);

        Assert.Null(await Directory.FindByRelationReference(TestService.OtherProgram, Jane.RelationReference));
        Assert.Null(await Directory.FindByEmail(TestService.OtherProgram, Jane.Email!));
    }

    [Fact]
    public async Task Address_that_its_member_left_leads_to_nobody()
    {
        await AssignAsync(Jane);
        await AssignAsync(Jane with { Email = "jane@example.org" });

        Assert.Null(await FindAsync(Jane.Email!));
        Assert.NotNull(await FindAsync("jane@example.org"));
    }

    [Fact]
    public async Task Storage_shows_nothing_of_the_person()
    {
        await AssignAsync(Jane);

        Assert.Equal(2, _service.Storage.Count);
        foreach (var secret in new[] { "jane", "example", "2079460018", "CID" })
        {
            Assert.DoesNotContain(secret, _service.Storage.Content, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Address_of_another_member_is_taken()
    {
        await AssignAsync(Jane);

        var assignment = await AssignAsync(John with { Email = Jane.Email });

        Assert.True(assignment.IsTaken);
        Assert.Null(await Grain(John).Read());
    }

    [Fact]
    public async Task Put_tells_who_the_member_was()
    {
        Assert.Null((await AssignAsync(Jane)).Previous);
        Assert.Equal(Jane, (await AssignAsync(Jane with { Phone = null })).Previous);
        Assert.Equal(Jane with { Phone = null }, await Grain(Jane).Delete());
        Assert.Null(await Grain(Jane).Delete());
    }

    [Fact]
    public async Task Put_of_the_same_writes_nothing()
    {
        await AssignAsync(Jane);
        var writes = _service.Storage.Writes;

        await AssignAsync(Jane);

        Assert.Equal(writes, _service.Storage.Writes);
    }

    [Fact]
    public async Task Claim_whose_member_was_never_written_is_free()
    {
        await Assert.ThrowsAnyAsync<OrleansException>(() =>
        {
            _service.Storage.FailWrite(2, StorageFault.Lost);
            return AssignAsync(Jane);
        });

        Assert.False((await AssignAsync(John with { Email = Jane.Email })).IsTaken);
        Assert.True((await AssignAsync(Jane)).IsTaken);
    }

    [Theory]
    [InlineData(1, StorageFault.Lost)]
    [InlineData(1, StorageFault.Unanswered)]
    [InlineData(2, StorageFault.Lost)]
    [InlineData(2, StorageFault.Unanswered)]
    internal async Task Put_that_failed_half_way_is_finished_by_its_repeat(int write, StorageFault fault)
    {
        _service.Storage.FailWrite(write, fault);
        await Assert.ThrowsAnyAsync<OrleansException>(() => AssignAsync(Jane));

        Assert.False((await AssignAsync(Jane)).IsTaken);

        Assert.Equal(Jane, await Grain(Jane).Read());
        Assert.True((await AssignAsync(John with { Email = Jane.Email })).IsTaken);
    }

    [Fact]
    public async Task Address_that_its_member_left_is_free_before_it_is_released()
    {
        await AssignAsync(Jane);
        await AssignAsync(Jane with { Email = "jane@example.org" });

        Assert.False((await AssignAsync(John with { Email = Jane.Email })).IsTaken);
    }

    [Fact]
    public async Task Release_that_comes_late_takes_nothing_from_who_has_the_address_now()
    {
        await AssignAsync(Jane);
        await AssignAsync(Jane with { Email = "jane@example.org" });
        await AssignAsync(John with { Email = Jane.Email });

        await Address(Jane.Email!).Release();

        Assert.Equal(John.RelationReference, (await FindAsync(Jane.Email!))?.RelationReference);
    }

    [Fact]
    public async Task Release_that_comes_after_the_member_came_back_takes_nothing()
    {
        await AssignAsync(Jane);
        await AssignAsync(Jane with { Email = "jane@example.org" });
        await AssignAsync(Jane);

        await Address(Jane.Email!).Release();

        Assert.Equal(Jane, await FindAsync(Jane.Email!));
    }

    [Fact]
    public async Task Released_address_leaves_no_record()
    {
        await AssignAsync(Jane);
        await Grain(Jane).Delete();

        await Address(Jane.Email!).Release();

        Assert.Equal(0, _service.Storage.Count);
    }

    [Fact]
    public async Task Two_members_who_swap_addresses_at_once_both_get_an_answer()
    {
        await AssignAsync(Jane);
        await AssignAsync(John);

        var answers = await Task.WhenAll(
            AssignAsync(Jane with { Email = John.Email }), AssignAsync(John with { Email = Jane.Email }));

        Assert.Contains(answers, answer => answer.IsTaken);
        Assert.NotEqual((await Grain(Jane).Read())!.Email, (await Grain(John).Read())!.Email);
    }

    [Fact]
    public async Task Of_sixty_four_members_who_want_one_address_one_gets_it()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => AssignAsync(Jane with { RelationReference = $"CID-{i}" })));

        Assert.Single(answers, answer => !answer.IsTaken);
    }

    [Fact]
    public async Task Record_in_use_is_written_again_before_it_ages()
    {
        await AssignAsync(Jane);
        var writes = _service.Storage.Writes;
        _service.Time.Advance(TimeSpan.FromDays(40));
        Assert.Equal(Jane, await FindAsync(Jane.Email!));
        Assert.Equal(writes, _service.Storage.Writes);

        _service.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(Jane, await FindAsync(Jane.Email!));
        Assert.Equal(Jane, await FindAsync(Jane.Email!));

        Assert.Equal(writes + 2, _service.Storage.Writes);
    }

    [Fact]
    public async Task Member_who_is_asked_for_by_reference_alone_keeps_the_address()
    {
        await AssignAsync(Jane);
        var writes = _service.Storage.Writes;
        _service.Time.Advance(TimeSpan.FromDays(40) + TimeSpan.FromTicks(1));

        Assert.Equal(Jane, await Directory.FindByRelationReference(TestService.Program, Jane.RelationReference));
        Assert.Equal(Jane, await Directory.FindByRelationReference(TestService.Program, Jane.RelationReference));

        Assert.Equal(writes + 2, _service.Storage.Writes);
    }

    [Fact]
    public async Task Finding_costs_two_reads_whether_there_is_a_member_or_not()
    {
        await AssignAsync(Jane);
        foreach (var email in new[] { Jane.Email!, "stranger@example.com", Jane.Email!, "stranger@example.com" })
        {
            var reads = _service.Storage.Reads;

            await FindAsync(email);

            Assert.Equal(2, _service.Storage.Reads - reads);
        }
    }

    private IMemberDirectoryGrain Directory => _service.Grains.GetGrain<IMemberDirectoryGrain>(IMemberDirectoryGrain.Key);

    private Task<Member?> FindAsync(string email) => Directory.FindByEmail(TestService.Program, email);

    private Task<EmailAssignment> AssignAsync(Member member) => Address(member.Email!).Assign(KeyOf(member), member);

    private string KeyOf(Member member) => _service.Members.KeyFor(TestService.Program, member.RelationReference);

    private IMemberGrain Grain(Member member) => _service.Grains.GetGrain<IMemberGrain>(KeyOf(member));

    private IMemberEmailGrain Address(string email) =>
        _service.Grains.GetGrain<IMemberEmailGrain>(_service.Members.EmailKeyFor(TestService.Program, email));
}
