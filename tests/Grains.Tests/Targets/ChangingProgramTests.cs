using Otp.Faults;
using Otp.Grains.Tests.Harness;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

/// <summary>A target's grain while the configuration changes: every call goes by the rules in force then.</summary>
public sealed class ChangingProgramTests : IAsyncLifetime
{
    private static readonly Target Jane = new(Channel.Email, "jane.doe@example.com");
    private TestService _service = null!;

    public async ValueTask InitializeAsync() => _service = await TestService.StartAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Narrower_window_holds_for_a_target_that_is_in_use()
    {
        await _service.SendAsync(Jane);

        _service.Use(new ProgramOptions { Policy = { Windows = [new() { Name = "hour", Limit = 1, Period = TimeSpan.FromHours(1) }] } });

        Assert.Equal(SendStatus.RateLimited, (await _service.SendAsync(Jane)).Status);
    }

    [Fact]
    public async Task Wider_window_opens_at_once()
    {
        for (var i = 0; i < 5; i++)
        {
            await _service.SendAsync(Jane);
        }

        Assert.Equal(SendStatus.RateLimited, (await _service.SendAsync(Jane)).Status);

        _service.Use(new ProgramOptions { Policy = { Windows = [new() { Name = "hour", Limit = 6, Period = TimeSpan.FromHours(1) }] } });

        Assert.Equal(SendStatus.Sent, (await _service.SendAsync(Jane)).Status);
    }

    [Fact]
    public async Task Code_that_is_alive_outlives_a_change()
    {
        await _service.SendAsync(Jane);

        _service.Use(new ProgramOptions { Policy = { Length = 8, Lifetime = TimeSpan.FromSeconds(30) } });

        Assert.Equal(VerifyStatus.Verified, (await _service.VerifyAsync(Jane, _service.LatestCode)).Status);
    }

    [Fact]
    public async Task Call_for_a_program_that_is_not_known_fails_and_works_once_it_is()
    {
        await _service.SendAsync(Jane);
        _service.Use(null);
        await Assert.ThrowsAsync<UnknownProgramException>(() => _service.SendAsync(Jane));
        await Assert.ThrowsAsync<UnknownProgramException>(() => _service.SendAsync(new Target(Channel.Email, "john.roe@example.com")));

        _service.Use(new ProgramOptions());

        Assert.Equal(VerifyStatus.Verified, (await _service.VerifyAsync(Jane, _service.LatestCode)).Status);
        Assert.Equal(SendStatus.Sent, (await _service.SendAsync(new Target(Channel.Email, "john.roe@example.com"))).Status);
    }

    [Fact]
    public async Task What_is_soon_over_is_forgotten_though_its_program_has_gone()
    {
        _service.Use(new ProgramOptions { Policy = { Lifetime = TimeSpan.FromSeconds(30) } });
        await _service.SendAsync(Jane);
        _service.Use(null);

        _service.Time.Advance(TimeSpan.FromSeconds(31));

        // A call is served after the tick that is due.
        await Assert.ThrowsAsync<UnknownProgramException>(() => _service.VerifyAsync(Jane, _service.LatestCode));
        _service.Use(new ProgramOptions());
        Assert.Equal(VerifyStatus.NoCode, (await _service.VerifyAsync(Jane, _service.LatestCode)).Status);
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(300, false)]
    public async Task Target_is_woken_up_only_for_what_is_over_within_a_minute(int lifetime, bool isWoken)
    {
        const int Targets = 100;
        _service.Use(new ProgramOptions { Policy = { Lifetime = TimeSpan.FromSeconds(lifetime) } });
        await _service.SendAsync(Jane);
        var others = _service.Time.PendingTimers;

        for (var i = 0; i < Targets; i++)
        {
            await _service.SendAsync(new Target(Channel.Email, $"jane.{i}@example.com"));
        }

        // Orleans has timers of its own, a few.
        Assert.Equal(isWoken, _service.Time.PendingTimers - others > Targets / 2);
    }

    [Fact]
    public async Task Target_that_is_not_allowed_is_neither_written_nor_counted()
    {
        _service.Use(new ProgramOptions { Policy = { AllowedDomains = ["example.org"] } });
        Assert.Equal(SendStatus.TargetNotAllowed, (await _service.SendAsync(Jane)).Status);

        Assert.Equal(0, _service.Storage.Writes);
        Assert.Empty(_service.Delivery.Messages);
        _service.Use(new ProgramOptions());
        Assert.Equal(4, (await _service.SendAsync(Jane)).Limit!.Remaining);
    }

    [Fact]
    public async Task Test_target_has_its_own_code_and_gets_no_message()
    {
        _service.Use(Testing());

        Assert.Equal(SendStatus.Sent, (await _service.SendAsync(Jane)).Status);

        Assert.Empty(_service.Delivery.Messages);
        Assert.Equal(VerifyStatus.WrongCode, (await _service.VerifyAsync(Jane, "000000")).Status);
        Assert.Equal(VerifyStatus.Verified, (await _service.VerifyAsync(Jane, "424242")).Status);
        Assert.Equal(VerifyStatus.NoCode, (await _service.VerifyAsync(Jane, "424242")).Status);
    }

    [Fact]
    public async Task Test_target_has_the_same_windows_attempts_and_lifetime()
    {
        _service.Use(Testing());
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(SendStatus.Sent, (await _service.SendAsync(Jane)).Status);
        }

        Assert.Equal(SendStatus.RateLimited, (await _service.SendAsync(Jane)).Status);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(VerifyStatus.WrongCode, (await _service.VerifyAsync(Jane, "000000")).Status);
        }

        Assert.Equal(VerifyStatus.AttemptsExhausted, (await _service.VerifyAsync(Jane, "424242")).Status);
        _service.Time.Advance(TimeSpan.FromHours(1));
        await _service.SendAsync(Jane);
        _service.Time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromTicks(1));
        Assert.Equal(VerifyStatus.NoCode, (await _service.VerifyAsync(Jane, "424242")).Status);
    }

    [Fact]
    public async Task Test_target_is_like_any_other_after_its_last_day()
    {
        _service.Use(Testing());
        _service.Time.Advance(TimeSpan.FromHours(12));

        await _service.SendAsync(Jane);

        Assert.Single(_service.Delivery.Messages);
        Assert.Equal(VerifyStatus.Verified, (await _service.VerifyAsync(Jane, _service.LatestCode)).Status);
    }

    [Fact]
    public async Task Test_target_is_refused_where_the_policy_allows_none()
    {
        var program = Testing();
        program.Policy.AllowTestTargets = false;
        _service.Use(program);

        Assert.Equal(SendStatus.TargetNotAllowed, (await _service.SendAsync(Jane)).Status);
        Assert.Equal(0, _service.Storage.Writes);
    }

    // The clock stands at noon of the last day.
    private static ProgramOptions Testing() => new()
    {
        TestTargets = [new() { Target = Jane.Value, Code = "424242", ExpiresOn = new DateOnly(2026, 1, 1) }],
    };
}
