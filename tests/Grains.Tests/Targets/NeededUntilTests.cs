using Otp.Customers;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

/// <summary>Until when a target's record must be kept.</summary>
public sealed class NeededUntilTests
{
    private const long Start = 638_000_000_000_000_000;

    [Fact]
    public void A_state_is_needed_until_the_last_of_it_is_over()
    {
        var program = TestPrograms.With(
            new PolicyOptions { Windows = [new() { Name = "minute", Limit = 9, Period = TimeSpan.FromMinutes(1) }] },
            new LockoutOptions { Threshold = 2, Duration = TimeSpan.FromHours(3), Memory = TimeSpan.FromHours(2) });
        var rules = TestPrograms.RulesOf(program);
        var target = new TargetDriver(program);
        Assert.Equal(0, rules.NeededUntil(target.State));

        target.Send(At());
        Assert.Equal(At() + TargetRules.OperationMemory.Ticks, rules.NeededUntil(target.State));

        target.Verify(At(minutes: 1));
        Assert.Equal(At(minutes: 121), rules.NeededUntil(target.State));

        target.Verify(At(minutes: 2));
        Assert.Equal(At(minutes: 182), rules.NeededUntil(target.State));
    }

    [Fact]
    public void A_target_that_was_only_sent_to_is_needed_for_a_day()
    {
        var target = new TargetDriver(TestPrograms.Default);
        target.Send(At());

        Assert.Equal(At() + TimeSpan.FromDays(1).Ticks, TestPrograms.RulesOf(TestPrograms.Default).NeededUntil(target.State));
    }

    [Fact]
    public void A_target_whose_customer_signed_in_is_needed_for_the_retention()
    {
        var rules = TestPrograms.RulesOf(TestPrograms.Default);
        var customer = new Customer("5eb7cf5a86d9755df3a6c593", [], At(), At(minutes: 5), [new OpenSession(Guid.Empty, At(minutes: 5), At(minutes: 9))]);
        var state = TargetState.Empty with { Customer = customer };

        Assert.Equal(At(minutes: 5) + TimeSpan.FromDays(400).Ticks, rules.NeededUntil(state));
        Assert.Null(rules.NextDeadline(state));
        Assert.Same(state, rules.Forget(state, At(minutes: 9) - 1));
        Assert.Empty(rules.Forget(state, At(minutes: 9)).Customer!.Sessions);
        Assert.False(rules.Forget(state, At(minutes: 5) + TimeSpan.FromDays(400).Ticks - 1).IsEmpty);
        Assert.True(rules.Forget(state, At(minutes: 5) + TimeSpan.FromDays(400).Ticks).IsEmpty);
    }

    private static long At(int minutes = 0) => Start + TimeSpan.FromMinutes(minutes).Ticks;
}
