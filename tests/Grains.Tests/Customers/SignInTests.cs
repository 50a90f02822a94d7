using Otp.Customers;
using Otp.Grains.Tests.Harness;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Grains.Tests.Customers;

/// <summary>A right code, the customer and the session are one decision and one write.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private static readonly Target Jane = new(Channel.Email, "jane.doe@example.com");
    private static readonly Target Phone = new(Channel.Phone, "+442079460018");
    private TestService _service = null!;

    public async ValueTask InitializeAsync() => _service = await TestService.StartAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Sign_in_is_one_write()
    {
        await _service.SendAsync(Jane);
        var (reads, writes) = (_service.Storage.Reads, _service.Storage.Writes);

        var signedIn = await _service.SignInAsync(Jane, _service.LatestCode, "Jane");
        await _service.SessionAsync(signedIn.SignIn!.SessionToken);

        Assert.Equal((reads, writes + 1), (_service.Storage.Reads, _service.Storage.Writes));
    }

    [Fact]
    public async Task Repeat_gets_the_same_session_and_writes_nothing()
    {
        await _service.SendAsync(Jane);
        var operation = Operation.New();
        var first = await _service.SignInAsync(Jane, _service.LatestCode, "Jane", operation);
        var writes = _service.Storage.Writes;

        Assert.Equal(first, await _service.SignInAsync(Jane, _service.LatestCode, "Jane", operation));
        Assert.Equal(writes, _service.Storage.Writes);
        Assert.Equal(1, (await _service.InspectAsync(Jane)).OpenSessions);
    }

    [Theory]
    [InlineData(StorageFault.Lost)]
    [InlineData(StorageFault.Unanswered)]
    internal async Task Sign_in_whose_write_failed_is_settled_by_its_repeat(StorageFault fault)
    {
        await _service.SendAsync(Jane);
        var operation = Operation.New();
        _service.Storage.FailNextWrite(fault);
        await Assert.ThrowsAnyAsync<OrleansException>(() => _service.SignInAsync(Jane, _service.LatestCode, "Jane", operation));

        var session = (await _service.SignInAsync(Jane, _service.LatestCode, "Jane", operation)).SignIn!;

        Assert.Equal(session.Identity, await _service.SessionAsync(session.SessionToken));
        Assert.Equal(1, (await _service.InspectAsync(Jane)).OpenSessions);
    }

    [Fact]
    public async Task Many_right_codes_at_once_open_one_session()
    {
        await _service.SendAsync(Jane);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => _service.SignInAsync(Jane, _service.LatestCode)));

        Assert.Single(outcomes, outcome => outcome.SignIn is not null);
        Assert.Equal(1, (await _service.InspectAsync(Jane)).OpenSessions);
    }

    [Fact]
    public async Task Wrong_code_opens_nothing()
    {
        await _service.SendAsync(Jane);

        var outcome = await _service.SignInAsync(Jane, TestService.Wrong(_service.LatestCode), "Jane");

        Assert.Equal(new VerifyOutcome(VerifyStatus.WrongCode), outcome);
        Assert.Equal(0, (await _service.InspectAsync(Jane)).OpenSessions);
    }

    [Fact]
    public async Task Right_code_without_a_sign_in_makes_no_customer()
    {
        await _service.SendAsync(Jane);

        Assert.Equal(new VerifyOutcome(VerifyStatus.Verified), await _service.VerifyAsync(Jane, _service.LatestCode));
        Assert.Equal(0, (await _service.InspectAsync(Jane)).OpenSessions);
    }

    [Fact]
    public async Task Next_code_opens_another_session_of_the_same_customer_who_keeps_the_first_name()
    {
        var first = await _service.NewSessionAsync(Jane);
        var second = await _service.NewSessionAsync(Jane, "Jane");
        var third = await _service.NewSessionAsync(Jane, "Joan");

        Assert.Equal(3, new HashSet<string> { first.SessionToken, second.SessionToken, third.SessionToken }.Count);
        Assert.Equal((null, "Jane", "Jane"), (first.Identity.Name, second.Identity.Name, third.Identity.Name));
        Assert.Equal((first.Identity.Id, first.Identity.Id), (second.Identity.Id, third.Identity.Id));
        Assert.Matches("^[0-9a-f]{24}$", first.Identity.Id);
    }

    [Fact]
    public async Task Customer_of_another_target_is_another()
    {
        var jane = await _service.NewSessionAsync(Jane, "Jane");
        var phone = await _service.NewSessionAsync(Phone, "Jane");

        Assert.NotEqual(jane.Identity.Id, phone.Identity.Id);
        Assert.Equal((Phone.Value, null), (phone.Identity.Phone, phone.Identity.Email));
    }

    [Fact]
    public async Task Session_is_over_after_a_day_and_the_customer_stays()
    {
        var session = await _service.NewSessionAsync(Jane, "Jane");
        _service.Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        Assert.NotNull(await _service.SessionAsync(session.SessionToken));

        _service.Time.Advance(TimeSpan.FromTicks(1));

        Assert.Null(await _service.SessionAsync(session.SessionToken));
        Assert.Equal(1, _service.Storage.Count);
        Assert.Equal(session.Identity.Id, (await _service.NewSessionAsync(Jane)).Identity.Id);
    }

    [Fact]
    public async Task Customer_is_forgotten_after_the_retention()
    {
        var first = await _service.NewSessionAsync(Jane);
        _service.Time.Advance(TimeSpan.FromDays(400));

        Assert.NotEqual(first.Identity.Id, (await _service.NewSessionAsync(Jane)).Identity.Id);
    }

    [Fact]
    public async Task Session_opens_nothing_for_another_program()
    {
        var session = await _service.NewSessionAsync(Jane);

        Assert.Null(await _service.SessionAsync(session.SessionToken, program: "other"));
    }

    [Fact]
    public async Task Token_with_another_secret_opens_nothing()
    {
        var session = await _service.NewSessionAsync(Jane);
        var other = await _service.NewSessionAsync(Phone);

        Assert.Null(await _service.SessionAsync(other.SessionToken[..40] + session.SessionToken[40..]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task What_is_no_token_leads_nowhere(string token) => Assert.Null(await _service.SessionAsync(token));

    [Fact]
    public async Task One_session_more_than_sixteen_ends_the_oldest()
    {
        _service.Use(new ProgramOptions { Policy = new PolicyOptions { Windows = [new WindowOptions { Name = "hour", Limit = 100, Period = TimeSpan.FromHours(1) }] } });
        List<SignInResult> sessions = [];
        for (var i = 0; i < 17; i++)
        {
            _service.Time.Advance(TimeSpan.FromSeconds(1));
            sessions.Add(await _service.NewSessionAsync(Jane));
        }

        Assert.Null(await _service.SessionAsync(sessions[0].SessionToken));
        foreach (var session in sessions.Skip(1))
        {
            Assert.NotNull(await _service.SessionAsync(session.SessionToken));
        }

        Assert.Equal(16, (await _service.InspectAsync(Jane)).OpenSessions);
    }

    [Fact]
    public async Task Session_that_was_ended_is_over_and_the_others_are_not()
    {
        var first = await _service.NewSessionAsync(Jane);
        var second = await _service.NewSessionAsync(Jane);

        await _service.EndSessionAsync(first.SessionToken);
        await _service.EndSessionAsync(first.SessionToken);

        Assert.Null(await _service.SessionAsync(first.SessionToken));
        Assert.Equal(second.Identity, await _service.SessionAsync(second.SessionToken));
    }

    [Fact]
    public async Task End_of_a_session_reads_what_is_stored()
    {
        var session = await _service.NewSessionAsync(Jane);
        var reads = _service.Storage.Reads;

        await _service.EndSessionAsync(session.SessionToken);

        Assert.Equal(reads + 1, _service.Storage.Reads);
    }

    [Fact]
    public async Task Erase_ends_all_sessions_and_forgets_the_customer()
    {
        var first = await _service.NewSessionAsync(Jane, "Jane");

        await _service.EraseAsync(Jane);

        Assert.Null(await _service.SessionAsync(first.SessionToken));
        Assert.Equal(0, _service.Storage.Count);
        var again = await _service.NewSessionAsync(Jane);
        Assert.NotEqual(first.Identity.Id, again.Identity.Id);
        Assert.Null(again.Identity.Name);
    }
}
