using Otp.Grains.Tests.Harness;
using Otp.Targets;

namespace Otp.Grains.Tests.Customers;

public sealed class CustomerGrainTests : IAsyncLifetime
{
    private static readonly Target Jane = new(Channel.Email, "jane.doe@example.com");
    private TestService _service = null!;

    public async ValueTask InitializeAsync() => _service = await TestService.StartAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task The_same_proof_opens_the_same_session_once()
    {
        var proof = await ProveAsync();
        var first = await _service.SignInAsync(Jane, proof, "Jane");
        var writes = _service.Storage.Writes;

        Assert.Equal(first, await _service.SignInAsync(Jane, proof, "Jane"));
        Assert.Equal(writes, _service.Storage.Writes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_sign_in_that_failed_half_way_is_finished_by_its_repeat(int failingWrite)
    {
        var proof = await ProveAsync();
        var other = await _service.SignInAsync(new Target(Channel.Phone, "+442079460018"), proof);
        _service.Storage.FailWrite(failingWrite, StorageFault.Lost);
        await Assert.ThrowsAnyAsync<OrleansException>(() => _service.SignInAsync(Jane, proof, "Jane"));

        var session = await _service.SignInAsync(Jane, proof, "Jane");

        Assert.Equal(session.Identity, await _service.SessionAsync(session.SessionToken));
        Assert.NotEqual(other.SessionToken, session.SessionToken);
    }

    [Fact]
    public async Task Another_proof_opens_another_session_of_the_same_customer_who_keeps_the_first_name()
    {
        var first = await _service.SignInAsync(Jane, await ProveAsync(), "Jane");
        var second = await _service.SignInAsync(Jane, await ProveAsync(), "Joan");

        Assert.NotEqual(first.SessionToken, second.SessionToken);
        Assert.Equal((first.Identity.Id, "Jane"), (second.Identity.Id, second.Identity.Name));
        Assert.Matches("^[0-9a-f]{24}$", first.Identity.Id);
    }

    [Fact]
    public async Task A_session_is_over_after_a_day_and_its_record_gone()
    {
        var session = await _service.SignInAsync(Jane, await ProveAsync());
        var records = _service.Storage.Count;
        _service.Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        Assert.NotNull(await _service.SessionAsync(session.SessionToken));

        _service.Time.Advance(TimeSpan.FromTicks(1));

        Assert.Null(await _service.SessionAsync(session.SessionToken));
        Assert.True(_service.Storage.Count < records);
    }

    [Fact]
    public async Task A_session_opens_nothing_for_another_program()
    {
        var session = await _service.SignInAsync(Jane, await ProveAsync());

        Assert.Null(await _service.SessionAsync(session.SessionToken, program: "other"));
    }

    private async Task<Verification> ProveAsync()
    {
        await _service.SendAsync(Jane);
        return (await _service.VerifyAsync(Jane, _service.LatestCode)).Verified!;
    }
}
